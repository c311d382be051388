"""Progress: kept in the student's folder, atomic, and nothing that one can break."""

import json

import nbformat
import pytest
from nbclient import NotebookClient

from mlpkit.cli.checkout import merged_environment
from mlpkit.exercises import check, history, progress


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MLPKIT_PROGRESS", "")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pre_activation(X, w, b):
    return X @ w + b


def wrong():
    def pre_activation(X, w, b):
        return X @ w

    return pre_activation


def test_score_attempts_and_what_is_next_are_kept(folder):
    check(wrong())
    check(pre_activation)
    check(wrong())
    entry = json.loads((folder / history.FILE).read_text())["questions"]["pre_activation"]
    assert (entry["best"], entry["last"], entry["attempts"]) == (5, 2, 3)
    text = str(progress())
    assert "Next: augmented_pre_activation in ex01_linear_models_and_neurons" in text
    assert [path.name for path in folder.iterdir()] == [history.FILE], "a temporary file is left"


def test_a_stub_is_no_attempt(folder):
    def pre_activation(X, w, b):
        raise NotImplementedError

    check(pre_activation)
    assert not (folder / history.FILE).exists()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"questions": 3}', '{"questions": {"pre_activation": {"best": "x"}}}', "\x00",
     '{"questions": {"pre_activation": {"best": NaN, "last": 0, "max": 5, "attempts": 1}}}', "[" * 100000],
)  # fmt: skip
def test_a_broken_file_counts_as_none_and_is_replaced(folder, text):
    (folder / history.FILE).write_text(text)
    assert "ex01" in str(progress())
    check(pre_activation)
    assert history.load()["pre_activation"]["attempts"] == 1


def test_deleting_the_file_loses_history_alone(folder):
    first = check(pre_activation)
    (folder / history.FILE).unlink()
    assert check(pre_activation) == first
    assert history.load()["pre_activation"]["attempts"] == 1


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_fail(folder, monkeypatch):
    monkeypatch.setenv("MLPKIT_PROGRESS", str(folder / "nowhere" / "file.json"))
    assert check(pre_activation).passed


def test_the_table_is_html_in_a_notebook_and_short_as_repr():
    check(pre_activation)
    html = progress()._repr_html_()
    assert 'value="5"' in html
    assert 'aria-label="score of ex01' in html
    assert repr(progress()).startswith("<progress: 0 of")


def test_a_table_on_the_page_follows_every_check_also_those_of_another_kernel(folder):
    sources = [
        "from mlpkit.exercises import check, progress\ndef pre_activation(X, w, b):\n    return X @ w + b",
        "progress()",
        "check(pre_activation).points",
    ]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    other = {"best": 4, "last": 4, "max": 5, "attempts": 7}
    (folder / history.FILE).write_text(json.dumps({"questions": {"neuron": other}}))
    client = NotebookClient(book, resources={"metadata": {"path": str(folder)}})
    client.execute(env=merged_environment() | {"MLPKIT_PROGRESS": ""})
    (table,) = book.cells[1].outputs
    assert "9 of 21" in table["data"]["text/html"]
    assert len(book.cells[2].outputs) == 1
    assert history.load()["neuron"]["attempts"] == 7
