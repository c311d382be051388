"""Progress: kept in the student's folder, atomic, and nothing that one can break."""

import json
import os
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from mlpkit.cli.checkout import merged_environment
from mlpkit.exercises import check, history, progress
from mlpkit.exercises.registry import sets


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MLPKIT_PROGRESS", "")
    monkeypatch.setattr(history, "FOLDER", tmp_path)
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
    monkeypatch.setattr(history, "PATIENCE", 0.1)
    monkeypatch.setenv("MLPKIT_PROGRESS", str(folder / "nowhere" / "file.json"))
    assert check(pre_activation).passed
    assert "Next" in str(progress())


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


def test_the_file_stays_beside_the_notebook_when_the_folder_is_changed(folder, tmp_path_factory):
    source = "import os\nfrom mlpkit.exercises import check\nos.chdir(os.environ['ELSEWHERE'])\n"
    source += "def pre_activation(X, w, b):\n    return X @ w + b\ncheck(pre_activation)"
    other = tmp_path_factory.mktemp("other")
    settings = {**os.environ, "MLPKIT_PROGRESS": "", "ELSEWHERE": str(other)}
    subprocess.run([sys.executable, "-c", source], cwd=folder, env=settings, check=True)
    assert (folder / history.FILE).exists()
    assert not list(other.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o007, 0o660)])
def test_the_file_has_the_usual_permissions_or_those_it_had(folder, mask, mode):
    before = os.umask(mask)
    try:
        check(pre_activation)
        assert (folder / history.FILE).stat().st_mode & 0o777 == mode
        (folder / history.FILE).chmod(0o640)
        check(pre_activation)
        assert (folder / history.FILE).stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="a symbolic link needs a privilege on Windows")
def test_a_symbolic_link_stays_one_and_the_file_behind_it_is_written(folder, tmp_path_factory):
    real = tmp_path_factory.mktemp("real") / "mine.json"
    (folder / history.FILE).symlink_to(real)
    for _ in range(2):
        check(pre_activation)
    assert (folder / history.FILE).is_symlink()
    assert json.loads(real.read_text())["questions"]["pre_activation"]["attempts"] == 2


def test_a_byte_order_mark_and_unknown_fields_survive(folder):
    entry = {"best": 4, "last": 4, "max": 5, "attempts": 7, "colour": "red"}
    text = json.dumps({"version": 1, "course": "B", "questions": {"pre_activation": entry, "neuron": entry}})
    (folder / history.FILE).write_text(text, encoding="utf-8-sig")
    check(pre_activation)
    found = json.loads((folder / history.FILE).read_text())
    assert found["course"] == "B"
    assert found["questions"]["neuron"] == entry
    mine = found["questions"]["pre_activation"]
    assert (mine["best"], mine["attempts"], mine["colour"]) == (5, 8, "red")
    assert [path.name for path in folder.iterdir()] == [history.FILE]


def test_merge_marks_lose_nothing_and_a_copy_is_kept(folder):
    def entry(best):
        return json.dumps({"best": best, "last": 1, "max": 5, "attempts": best})

    text = f"""{{"version": 1, "questions": {{
 "softmax": {entry(1)},
<<<<<<< HEAD
 "pre_activation": {entry(4)},
 "neuron": {entry(2)}
=======
 "pre_activation": {entry(3)}
>>>>>>> other
}}}}"""
    (folder / history.FILE).write_text(text)
    assert {name: entry["best"] for name, entry in history.load().items()} == {
        "softmax": 1,
        "pre_activation": 4,
        "neuron": 2,
    }
    check(wrong())
    found = json.loads((folder / history.FILE).read_text())["questions"]
    assert (found["pre_activation"]["attempts"], found["neuron"]["best"]) == (5, 2)
    assert (folder / "mlpkit-progress-unreadable-1.json").read_text() == text


def test_an_entry_that_is_strange_is_kept_in_a_copy(folder):
    text = '{"questions": {"pre_activation": {"best": "x"}}}'
    (folder / history.FILE).write_text(text)
    check(pre_activation)
    check(pre_activation)
    (copy,) = folder.glob("*unreadable*")
    assert copy.read_text() == text


def test_two_notebooks_at_once_lose_no_attempt(folder):
    source = "from mlpkit.exercises import check\ndef pre_activation(X, w, b):\n    return X @ w + b\n"
    source += "for _ in range(20): check(pre_activation)"
    settings = {**os.environ, "MLPKIT_PROGRESS": str(folder / history.FILE)}
    both = [subprocess.Popen([sys.executable, "-c", source], env=settings) for _ in range(2)]
    assert [one.wait(120) for one in both] == [0, 0]
    assert history.load()["pre_activation"]["attempts"] == 40
    assert [path.name for path in folder.iterdir()] == [history.FILE]


def test_a_lock_that_was_left_behind_is_removed_and_one_that_is_held_is_not_waited_for_long(
    folder, monkeypatch
):
    lock = folder / f".{history.FILE}.lock"
    lock.touch()
    monkeypatch.setattr(history, "PATIENCE", 0.05)
    check(pre_activation)
    assert lock.exists()
    os.utime(lock, (0, 0))
    check(pre_activation)
    assert not lock.exists()
    assert history.load()["pre_activation"]["attempts"] == 2


def test_how_often_a_mistake_was_seen_is_counted_by_question(folder):
    assert history.times("pre_activation", "no-bias") == 0
    for function in (wrong(), pre_activation, wrong()):
        check(function)
    assert history.times("pre_activation", "no-bias") == 2
    assert history.times("neuron", "no-bias") == 0
    assert history.load()["pre_activation"]["seen"] == {"no-bias": 2}


def test_next_stays_in_the_set_that_is_open_until_it_is_done(folder):
    def gelu(z):
        return z

    check(gelu)
    assert progress().next == "sigmoid in ex03_activation_functions"
    check(pre_activation)
    assert progress().next == "augmented_pre_activation in ex01_linear_models_and_neurons"
    done = {"best": 99, "last": 99, "max": 99, "attempts": 1}
    entries = {question.name: done for question in sets()["ex03_activation_functions"].questions}
    (folder / history.FILE).write_text(json.dumps({"questions": entries, "last": "gelu"}))
    assert progress().next == "pre_activation in ex01_linear_models_and_neurons"
