"""Every lecture presented in JupyterLab's slides mode, from first slide to last by the key of a remote.

Presenting runs a lecture in JupyterLab, so its run, and another one after a restart, are tested here too.
"""

import json

import pytest
from browser.access import violations
from browser.talk import Talk, check, misfits, presentation, viewport
from notebooks import LECTURES, PATHS

from mlpkit.present import read_deck

pytestmark = pytest.mark.browser
each = pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
LECTURE = LECTURES / "01_linear_models_and_neurons.ipynb"


@each
def test_a_lecture_runs_fits_its_slides_in_both_sizes_every_figure_follows_and_it_runs_again(
    path, chromium, tmp_path
):
    assert check(chromium, path, folder=tmp_path) == []


@pytest.fixture(scope="module")
def opened(tmp_path_factory, chromium):
    """Lecture 01 presented, and the address of its server."""
    with presentation(LECTURE, tmp_path_factory.mktemp("talk")) as address:
        context = chromium.new_context(viewport=viewport((1280, 720)))
        yield Talk(context.new_page(), address), address
        context.close()


@pytest.fixture
def talk(opened):
    """The talk, on its first slide."""
    talk, _ = opened
    talk.press("Escape")
    talk.press("Home")
    assert talk.look()["number"] == 0
    return talk


class TestScreen:
    def test_only_the_slide_is_on_it(self, talk):
        for hidden in (".jp-SideBar", "#jp-menu-panel", "#jp-top-panel", ".jp-Toolbar", ".jp-Deck-Remote"):
            assert not any(one.is_visible() for one in talk.page.locator(hidden).all()), hidden
        assert talk.page.locator("#mlpkit-foot").inner_text().startswith(read_deck(LECTURE).title)
        box = talk.page.locator(".jp-Deck .jp-Notebook").bounding_box()
        assert box == {"x": 0, "y": 0, "width": 1280, "height": 720}

    def test_notes_are_never_on_it(self, talk):
        notes = [
            c["id"] for c in read_deck(LECTURE).cells if c["metadata"]["slideshow"]["slide_type"] == "notes"
        ]
        assert notes
        for seen in talk.slides():
            assert not set(seen["ids"]) & set(notes)
            assert not talk.page.get_by_text("For the speaker").first.is_visible()

    def test_it_has_no_fault_that_a_screen_reader_meets(self, talk):
        assert violations(talk.page, ".jp-deck-mod-onscreen .jp-RenderedMarkdown") == []

    def test_it_is_the_deck_that_python_reads(self, talk):
        seen = talk.page.evaluate(
            "mlpkitShow.slides.map(s => s.map(i => mlpkitShow.notebook.widgets[i].model.id))"
        )
        assert seen == [slide.ids for slide in read_deck(LECTURE).slides]


class TestKeys:
    def figure(self, talk):
        """Go to the first slide with a figure, all of it shown; its look."""
        for seen in talk.slides():
            if seen["figures"]:
                return seen
        raise AssertionError("no slide has a figure")

    def test_forward_and_back_reach_the_same_steps(self, talk):
        there = [talk.look()["step"]]
        for _ in range(6):
            talk.press("PageDown")
            there.append(talk.look()["step"])
        back = [there[-1]]
        for _ in range(6):
            talk.press("PageUp")
            back.append(talk.look()["step"])
        assert there == list(range(7))
        assert back == there[::-1]

    def test_an_arrow_belongs_to_the_slider_that_has_the_focus_until_escape(self, talk):
        seen = self.figure(talk)
        handle = talk.cell(seen["figures"][0]).locator(".noUi-handle").first
        if not handle.count():
            pytest.fail("the first figure has no slider: choose another lecture for this test")
        handle.focus()
        before = handle.get_attribute("aria-valuenow")
        talk.press("ArrowLeft")
        moved = "([handle, before]) => handle.getAttribute('aria-valuenow') !== before"
        talk.page.wait_for_function(moved, arg=[handle.element_handle(), before])
        assert talk.look()["step"] == seen["step"]
        talk.press("Escape")
        talk.press("ArrowRight")
        assert talk.look()["step"] == seen["step"] + 1

    def test_a_remote_goes_on_even_from_a_slider(self, talk):
        seen = self.figure(talk)
        talk.cell(seen["figures"][0]).locator(".noUi-handle").first.focus()
        talk.press("PageDown")
        assert talk.look()["step"] == seen["step"] + 1

    def test_a_click_hides_nothing_that_was_shown(self, talk):
        seen = self.figure(talk)
        talk.cell(seen["ids"][0]).click(position={"x": 5, "y": 5})
        assert talk.look()["shown"] == seen["shown"]

    def test_no_key_of_the_notebook_changes_the_lecture(self, talk):
        count = "mlpkitShow.notebook.widgets.length"
        before = talk.page.evaluate(count)
        for key in ("d", "d", "x", "a", "m", "y", "Enter", "z"):
            talk.press(key)
        assert talk.page.evaluate(count) == before
        assert talk.page.evaluate("mlpkitShow.notebook.mode") == "command"

    def test_the_slides_are_left_and_entered_again(self, talk):
        talk.press("PageDown")
        step = talk.look()["step"]
        talk.press("Shift+X")
        talk.page.wait_for_selector("body:not([data-jp-deck-mode])", state="attached")
        talk.press("Shift+X")
        talk.page.wait_for_selector("body[data-jp-deck-mode]", state="attached")
        seen = talk.look_at_rest()
        assert seen["step"] == step
        assert misfits(seen) == []

    def test_the_screen_turns_black_and_comes_back(self, talk):
        talk.press("b")
        assert talk.page.locator("#mlpkit-overlay.mlpkit-black").is_visible()
        talk.press("b")
        assert not talk.page.locator("#mlpkit-overlay").is_visible()


class TestNotes:
    def test_their_window_follows_the_slides_and_steers_them(self, talk, opened):
        notes = talk.page.context.new_page()
        notes.goto(opened[1].split("/lab/")[0] + "/lab/extensions/mlpkit-present/slides/notes.html")
        slides = read_deck(LECTURE).slides
        notes.get_by_text(f"slide 1 of {len(slides)}").wait_for()
        talk.press("n")
        notes.get_by_text(f"slide 2 of {len(slides)}").wait_for()
        assert notes.locator("#heading").inner_text() == slides[1].heading
        assert "min (" in notes.locator("#planned").inner_text()
        assert "XOR" in notes.locator("#notes").inner_text()
        notes.locator("#back").click()
        notes.get_by_text(f"slide 1 of {len(slides)}").wait_for()
        assert talk.look()["number"] == 0
        notes.wait_for_function("document.querySelector('#clock').innerText !== '0:00'")
        assert violations(notes, "body") == []
        notes.close()

    def test_they_open_with_a_key(self, talk):
        with talk.page.context.expect_page() as new:
            talk.press("s")
        new.value.locator("#heading").wait_for()
        new.value.close()


def test_a_cell_that_fails_is_named_before_the_audience_sees_anything(chromium, tmp_path):
    book = json.loads(LECTURE.read_text(encoding="utf-8"))
    code = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    code["source"] = "1 / 0"
    (tmp_path / "broken.ipynb").write_text(json.dumps(book), encoding="utf-8")
    with presentation(tmp_path / "broken.ipynb", tmp_path) as address:
        context = chromium.new_context(viewport=viewport((1280, 720)))
        page = context.new_page()
        page.goto(address)
        page.get_by_text(f"The cell “{code['id']}” failed. ZeroDivisionError").wait_for(timeout=120_000)
        page.keyboard.press("a")
        page.wait_for_selector("body[data-mlpkit-present=ready]", state="attached")
        context.close()


def test_a_lecture_with_a_readers_own_cells_is_presented(chromium, tmp_path):
    """JupyterLab writes cells without metadata; here they are between all others, and at both ends."""
    book = json.loads((LECTURES / "00_start_here.ipynb").read_text(encoding="utf-8"))
    code = {"cell_type": "code", "source": "1 + 1", "metadata": {}, "outputs": [], "execution_count": None}
    others = [{"cell_type": kind, "source": "mine", "metadata": {}} for kind in ("markdown", "raw")]
    mixed = [cell for one in book["cells"] for cell in (one, code, *others)]
    cells = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate([code, *mixed, *others])]
    path = tmp_path / "00_start_here.ipynb"
    path.write_text(json.dumps({**book, "cells": cells}), encoding="utf-8")
    slides = read_deck(path).slides
    with presentation(path, tmp_path) as address:
        context = chromium.new_context(viewport=viewport((1280, 720)))
        talk = Talk(context.new_page(), address)
        shown = "mlpkitShow.slides.map(s => s.map(k => mlpkitShow.notebook.widgets[k].model.id))"
        assert talk.page.evaluate(shown) == [slide.ids for slide in slides]
        seen = set()
        for _ in range(sum(len(slide.cells) for slide in slides)):
            seen.add(talk.page.evaluate("mlpkitShow.number"))
            talk.press("PageDown")
        assert seen == set(range(len(slides)))
        context.close()
