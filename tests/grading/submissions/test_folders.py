"""Files that are no files, names that are no names: each costs its own student at most."""

import json
import os
import re
import socket
import sys
import tempfile
import time
import tracemalloc
from contextlib import contextmanager
from pathlib import Path

import pytest
from submission_files import notebook, write

from mlpkit.grading.submissions import find, limits, load, read, reading
from mlpkit.grading.submissions.found import Found, key, with_keys

A = notebook("a = 1")
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def problems(submission):
    """All that is said about it."""
    notes = [note for one in submission.notebooks for note in (one.problem, *one.notes)]
    return " | ".join([submission.problem, *submission.notes, *notes])


@UNIX
def test_links_are_not_followed_and_it_is_said(tmp_path):
    secret = write(tmp_path / "secret", {"answers.ipynb": "secret = 1"})
    given = write(tmp_path / "given", {"honest.ipynb": A, "eve/own.ipynb": A})
    os.symlink(secret / "answers.ipynb", given / "eve" / "answers.ipynb")
    os.symlink(secret, given / "eve" / "folder")
    os.symlink(secret, given / "mallory")
    os.symlink(given, given / "eve" / "loop")
    os.symlink("/nowhere", given / "dangling.ipynb")
    found = {one.student: one for one in read([given])}
    assert set(found) == {"dangling", "eve", "honest", "mallory"}
    assert "secret" not in repr([one.notebooks for one in found.values()])
    assert found["eve"].notebooks[0].problem.startswith("is a link, which is not followed")
    assert [note for note in found["eve"].notes if "eve/folder is a link" in note]
    for name in ("mallory", "dangling"):
        assert "is a link" in problems(found[name])


@UNIX
def test_a_path_of_the_command_line_may_be_a_link(tmp_path):
    write(tmp_path / "real", {"ada.ipynb": A})
    os.symlink(tmp_path / "real", tmp_path / "link")
    assert read([tmp_path / "link"])[0].notebooks[0].cells == ("a = 1",)
    os.symlink(tmp_path / "real" / "ada.ipynb", tmp_path / "ben.ipynb")
    assert read([tmp_path / "ben.ipynb"])[0].notebooks[0].cells == ("a = 1",)


@UNIX
def test_pipes_sockets_and_folders_named_like_notebooks_do_not_hang(tmp_path):
    write(tmp_path, {"honest.ipynb": A, "ada/ex05.ipynb": A})
    os.mkfifo(tmp_path / "pipe.ipynb")
    os.mkfifo(tmp_path / "ada" / "pipe.zip")
    (tmp_path / "folder.ipynb").mkdir()
    bound = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(tmp_path)  # the path of a socket must be short
    bound.bind("socket.ipynb")
    os.chdir(here)
    bound.close()
    found = {one.student: one for one in read([tmp_path])}
    assert set(found) == {"ada", "folder.ipynb", "honest", "pipe", "socket"}
    for name in ("pipe", "socket"):
        assert "no ordinary file" in found[name].notebooks[0].problem
    assert "empty folder" in problems(found["folder.ipynb"])
    assert [bool(one.problem) for one in found["ada"].notebooks] == [False, True]
    with pytest.raises(ValueError, match="no submissions found"):
        read([write(tmp_path / "nothing", {"x.txt": ""})])
    assert "no ordinary file" in read([tmp_path / "pipe.ipynb"])[0].notebooks[0].problem


@contextmanager
def unprivileged():
    """Root may read everything: here it is somebody else for a while."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@UNIX
def test_files_and_folders_without_permission_are_said():
    with tempfile.TemporaryDirectory() as folder:
        write(
            folder,
            {"ada.ipynb": A, "ben/ex05.ipynb": A, "cem.ipynb": A, "dana/x.zip": A, "dana/ex05.ipynb": A},
        )
        for name in ("ada.ipynb", "ben", "dana/x.zip"):
            Path(folder, name).chmod(0)
        Path(folder).chmod(0o755)
        with unprivileged():
            ada, ben, cem, dana = read([folder])
            with pytest.raises(ValueError, match="cannot be listed: no permission"):
                read([Path(folder, "ben")])
        Path(folder, "ben").chmod(0o700)
    assert "permission denied" in problems(ada)
    assert "permission denied" in problems(ben)
    assert cem.notebooks[0].cells == ("a = 1",)
    assert [bool(one.problem) for one in dana.notebooks] == [False, True]


def test_a_file_that_vanishes_or_may_not_be_read_is_a_problem(tmp_path, monkeypatch):
    write(tmp_path, {"ada.ipynb": A, "ben.ipynb": A})
    ada, ben = find([tmp_path])
    (tmp_path / "ada.ipynb").unlink()
    assert load(ada).notebooks[0].problem

    def denied(*_):
        raise PermissionError

    monkeypatch.setattr(os, "open", denied)
    assert "permission denied" in load(ben).notebooks[0].problem


HOSTILE = [
    *("a\nb", "<script>alert(1)<", "=cmd|' !A1", "\u202egnp.exe", "x" * 200, "con", "COM1.x", "..", "-rf"),
    *("a.", "ａ", "Ada", "ada", "Zoë", "王小明", "a\u0301", "á", "a\x00b", "🙂", ".", " ", "a b", "a_b"),
    *("nul.txt", "COM¹"),
]


def test_keys_are_safe_as_file_names_and_unique_where_capitals_do_not_count():
    found = with_keys([Found(name, "folder") for name in HOSTILE])
    keys = [one.student for one in found]
    assert len({k.lower() for k in keys}) == len(HOSTILE)
    assert keys == sorted(keys)
    for one in keys:
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}", one)
        assert not one.endswith(".")
        assert not re.match(r"(con|nul|com1)(\.|$)", one, re.IGNORECASE)
    for one in found:
        assert one.name or one.student == one.original
        assert one.name.isprintable()


def test_a_student_cannot_take_the_key_that_another_ones_hash_gives():
    first = with_keys([Found("a b", "folder"), Found("a_b", "folder")])[0].student
    found = with_keys([Found(name, "folder") for name in ("a b", "a_b", first)])
    assert len({one.student for one in found}) == 3


def test_a_key_is_the_same_whoever_else_is_there():
    alone = with_keys([Found("ada", "folder")])
    assert alone[0].student == key("ada") == "ada"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_not_utf8_or_hold_newlines_are_read(tmp_path):
    for name in (b"caf\xe9.ipynb", b"two\nlines.ipynb", b"\xff\xfe", b"tab\there.ipynb"):
        path = os.path.join(os.fsencode(tmp_path), name)
        if name.endswith(b"ipynb"):
            with open(path, "wb") as file:
                file.write(A)
        else:
            os.mkdir(path)
            with open(path + b"/\x80.ipynb", "wb") as file:
                file.write(A)
    found = read([tmp_path])
    assert len(found) == 4
    for one in found:
        assert one.notebooks[0].cells == ("a = 1",)
        assert f"{one.student}{one.name}{one.notebooks[0].path}".isprintable()
        one.name.encode()


def test_very_deep_folders_end(tmp_path):
    deep = tmp_path
    for _ in range(60):
        deep = deep / "d"
    write(tmp_path, {"ada/ex05.ipynb": A, "honest.ipynb": A})
    write(deep, {"ex05.ipynb": A})
    assert "too deep" in problems(next(one for one in read([tmp_path]) if one.student == "d"))


@pytest.mark.slow
def test_a_thousand_notebooks_are_read_in_two_seconds(tmp_path):
    cell = {"cell_type": "code", "source": ["x = 1\n"] * 20, "outputs": [], "metadata": {}}
    data = json.dumps({"cells": [cell] * 110, "metadata": {}}).encode()
    assert len(data) > 25_000
    write(tmp_path, {f"student{n}/ex05.ipynb": data for n in range(1000)})
    began = time.process_time()
    assert len(read([tmp_path])) == 1000
    assert time.process_time() - began < 2.0


@pytest.mark.slow
def test_only_the_text_of_the_code_is_kept_in_memory(tmp_path):
    cell = {"cell_type": "code", "source": "a = 1", "outputs": [{"x": "A" * 5_000_000}]}
    output = json.dumps({"cells": [cell]}).encode()
    write(tmp_path, {f"student{n}.ipynb": output for n in range(20)})
    tracemalloc.start()
    found = read([tmp_path])
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == 20
    assert kept < 1_000_000
    assert peak < 30_000_000


def test_only_so_much_is_read_of_one_student(tmp_path, monkeypatch):
    write(tmp_path, {f"ada/ex{n}.ipynb": "a = 1" for n in range(10)} | {"ben/x.ipynb": "b = 1"})
    monkeypatch.setattr(limits, "NOTEBOOKS", 4)
    ada, ben = read([tmp_path])
    assert (len(ada.notebooks), ada.notes) == (4, ("only the first 4 notebooks were read",))
    assert (len(ben.notebooks), ben.notes) == (1, ())
    monkeypatch.setattr(limits, "NOTEBOOKS", 10)
    assert read([tmp_path])[0].notes == ()
    monkeypatch.setattr(limits, "STUDENT_CHARACTERS", 12)
    ada, ben = read([tmp_path])
    assert (len(ada.notebooks), len(ben.notebooks)) == (2, 1)
    assert ada.notes == ("ada/ex2.ipynb and the following were left out: too much code in all",)


def test_a_folder_with_very_many_files_costs_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FOLDER_ENTRIES", 10)
    write(tmp_path, {f"eve/{n}.txt": "" for n in range(12)} | {"ada/ex05.ipynb": "a = 1"})
    ada, eve = read([tmp_path])
    assert (ada.notebooks[0].cells, ada.problem) == (("a = 1",), "")
    assert "holds more than 10 files: hand in the notebook alone" in eve.problem
    monkeypatch.setattr(limits, "CLASS_ENTRIES", 1)
    with pytest.raises(ValueError, match=r"more than 1 files below .*: give the folder with the submissions"):
        read([tmp_path])


def test_a_fault_that_no_test_has_thought_of_costs_one_student(tmp_path, monkeypatch):
    write(tmp_path, {"ada.ipynb": A, "ben.ipynb": A})
    original = reading.contents
    monkeypatch.setattr(
        reading, "contents", lambda file, limit: 1 / 0 if file.name[0] == "a" else original(file, limit)
    )
    ada, ben = read([tmp_path])
    assert ada.problem == "could not be read (ZeroDivisionError): hand in the notebook alone"
    assert ben.notebooks[0].cells == ("a = 1",)
