"""Every lecture as the page without a kernel: the same slides, and no request for anything else."""

import threading

import pytest
from browser.access import violations
from browser.talk import PageTalk, check_page, viewport
from notebooks import LECTURES, PATHS

from mlpkit.present import fallback, read_deck
from mlpkit.present.fallback import prepare, server

pytestmark = pytest.mark.browser
LECTURE = LECTURES / "05_backpropagation.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the pages are: each is made once."""
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def page(folder):
    """Lecture 05 as a page."""
    return prepare(LECTURE, folder, lambda words: None)


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_a_lecture_fits_every_figure_moves_and_nothing_is_asked_for(
    path, chromium, folder, page, monkeypatch
):
    """One control is moved: only lecture 05 has the positions of several that are moved together."""
    monkeypatch.setattr(fallback, "POSITIONS", 1)
    assert check_page(chromium, path, folder=folder) == []


def test_its_slides_are_those_of_jupyterlab(page, chromium):
    context = chromium.new_context(viewport=viewport((1280, 720)))
    talk = PageTalk(context.new_page(), page.as_uri())
    seen = talk.page.evaluate("mlpkitPage.slides.map(s => s.cells.map(c => c.dataset.id))")
    assert seen == [slide.ids for slide in read_deck(LECTURE).slides]
    assert violations(talk.page, "body") == []
    context.close()


def test_it_is_made_once_and_anew_when_the_lecture_changes(page, tmp_path):
    said = []
    assert prepare(LECTURE, page.parent, said.append) == page
    assert said == []
    copy = tmp_path / LECTURE.name
    copy.write_text(LECTURE.read_text(encoding="utf-8") + " ", encoding="utf-8")
    from mlpkit.present.fallback import key

    assert key(copy) != page.name


def test_the_speakers_notes_follow_it(page, chromium):
    with server(page.parent) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{listening.server_address[1]}"
        context = chromium.new_context(viewport=viewport((1280, 720)))
        talk = PageTalk(context.new_page(), f"{address}/{page.name}")
        notes = context.new_page()
        notes.goto(f"{address}/notes.html")
        talk.press("n")
        notes.get_by_text("slide 2 of").wait_for()
        context.close()
        listening.shutdown()
