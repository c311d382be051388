"""The universal-approximation studio in a real JupyterLab: tabs and buttons by mouse and keyboard."""

import pytest
from browser.access import violations
from browser.lab import Notebook, jupyterlab
from browser.pages import notebook_of

pytestmark = pytest.mark.browser
TABS = {  # and a control that only its stage has
    "a · step": "s", "b · bump": "s1", "d · error against N": "norm", "e · when it fails": "biases",
    "f · towers": "lock", "c · N bumps": "build",
}  # fmt: skip
SAYS = """text => [...document.querySelectorAll('.mlpkit-description')].some(
    words => words.offsetParent && words.innerText.includes(text))"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory, chromium):
    """A notebook with the studio, opened at tab c and run once."""
    cells = {"studio": 'explore.studio("c")'}
    folder = notebook_of(tmp_path_factory.mktemp("studio"), cells, imports="from mlpkit import explore")
    with jupyterlab(folder) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        notebook = Notebook.open(context.new_page(), address, "stages.ipynb")
        notebook.run_all()
        yield notebook
        context.close()


def front(page):
    """The canvas that is shown."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('canvas[data-right=true]')].some(c => c.offsetParent)",
        timeout=60_000,
    )
    (canvas,) = [c for c in page.locator("canvas[data-right]").all() if c.is_visible()]
    return canvas


def turn(page, name, control):
    """Turn to a tab by mouse and wait for a stage that has this control."""
    page.get_by_role("tab", name=name).click()
    page.wait_for_selector(f"canvas[data-{control}][data-right=true]:visible", timeout=60_000)
    return front(page)


def test_every_tab_shows_its_figure_and_says_it_in_words(opened):
    page = opened.page
    assert front(page).get_attribute("data-build")
    for name, control in TABS.items():
        canvas = turn(page, name, control)
        assert len(canvas.get_attribute("aria-label")) > 40
        assert violations(page, ".jp-OutputArea-output") == []
    assert opened.errors() == []
    assert opened.our_red_lines() == []


def test_the_keyboard_turns_the_tabs(opened):
    page = opened.page
    turn(page, "f · towers", "lock")
    page.get_by_role("tab", name="f · towers").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_selector("canvas[data-biases][data-right=true]:visible", timeout=60_000)
    assert page.get_by_role("tab", name="e · when it fails").get_attribute("aria-selected") == "true"


def test_buttons_change_the_figure_of_a_tab_and_leave_the_others_as_they_were(opened):
    page = opened.page
    turn(page, "c · N bumps", "build")
    page.get_by_role("button", name="a typed formula").press("Enter")
    page.wait_for_selector("canvas[data-right=true][data-formula]:visible", timeout=60_000)
    line = page.locator(".widget-text input:visible").first
    for text, says in (("1/(x-0.5)", "hidden units"), ("import os", "cannot read"), ("x^2", "hidden units")):
        line.fill(text)
        line.press("Enter")
        page.wait_for_function(SAYS, arg=says, timeout=20_000)
    page.get_by_role("button", name="from the menu").press("Enter")
    page.wait_for_selector("canvas[data-build][data-right=true]:visible", timeout=60_000)
    page.wait_for_selector("canvas[data-formula]", state="hidden")
    assert opened.errors() == []
    assert opened.our_red_lines() == []
