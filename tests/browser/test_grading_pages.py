"""The pages in a real browser: accessible in light and dark, readable on a telephone and on paper."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from grading.classroom import HOSTILE, SET, a_class, answers

from mlpkit.grading.pages import write_pages
from mlpkit.grading.records import Graded, Override

pytestmark = pytest.mark.browser
LONG = "word" * 400 + " " + "x" * 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The pages of a class, some of whose students have long or hostile names and texts."""
    records = a_class(60)
    given = (Override("gelu", 4.0, LONG), Override("", None, "Well done!"))
    records[0] = replace(records[0], overrides=given, notes=(LONG,), sent="2026-11-20T10:00:00", late=True)
    wrong = [replace(answers(n)[-1], hint=LONG, explanation=LONG, call=LONG, notes=(LONG,)) for n in SET]
    records += [Graded("long", name=LONG, files=(LONG,), answers=tuple(wrong))]
    records += [Graded(name, name=name, notes=HOSTILE, answers=tuple(wrong)) for name in HOSTILE]
    place = tmp_path_factory.mktemp("results")
    write_pages(place, records, SET, "Exercise 3", ["overrides.csv, line 3: unknown question 'gellu'"])
    return place


PAGES = (
    "class.html",
    "students/20000.html",
    "students/20111.html",
    "students/20333.html",
    "students/long.html",
)


@pytest.fixture(params=["light", "dark"])
def opened(request, chromium, folder):
    """A function that opens a page at a width; nothing on it asks for anything or is refused."""
    context = chromium.new_context(color_scheme=request.param)
    asked, red = [], []

    def open_(name, width=1200):
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("request", lambda sent: asked.append(sent.url))
        page.on("console", lambda message: red.append(message.text))
        page.on("pageerror", lambda error: red.append(str(error)))
        page.goto((folder / name).as_uri())
        assert (asked, red) == ([(folder / name).as_uri()], [])
        return page

    yield open_
    context.close()


@pytest.mark.parametrize("width", [1200, 375])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(opened, name, width):
    page = opened(name, width)
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_lists_of_students_are_opened_with_the_keyboard_and_lead_to_their_pages(opened, folder):
    page = opened("class.html")
    summary = page.locator("details > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    there = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(there)
    assert there.startswith((folder / "students").as_uri())
    assert page.locator("h1").count() == 1


def test_hostile_names_run_nothing_and_lead_to_pages_that_are_there(opened, folder):
    page = opened("class.html")
    links = page.locator("#students a").all()
    assert len(links) == 60 + 1 + len(HOSTILE)
    for link in links[-len(HOSTILE) :]:
        target = link.evaluate("element => element.href")
        other = page.context.new_page()
        other.goto(target)
        assert other.locator("h1").is_visible()
        assert other.evaluate("document.scripts.length") == 0
        other.close()


def test_on_paper_the_text_is_black_on_white_in_either_theme(opened):
    page = opened("students/20000.html")
    page.emulate_media(media="print")
    colours = page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.locator(".bad").first.evaluate("e => getComputedStyle(e).color") == "rgb(164, 14, 38)"
