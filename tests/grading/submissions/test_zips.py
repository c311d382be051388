"""Zips of strangers: bombs, links, paths that lead outside, broken and encrypted ones."""

import io
import os
import stat
import struct
import time
import zipfile

import pytest
from submission_files import notebook, write, zip_of, zipped

from mlpkit.grading.submissions import limits, read

A = notebook("a = 1")


def packed(*files):
    """The bytes of a zip."""
    held = io.BytesIO()
    zip_of(held, files)
    return held.getvalue()


def handed_in(folder, data):
    """What is read of a zip of a student beside an honest student, who must lose nothing."""
    write(folder, {"eve.zip": data, "honest.ipynb": A})
    before = sorted(os.listdir(folder))
    began = time.monotonic()
    eve, honest = read([folder])
    assert time.monotonic() - began < 10
    assert (honest.notebooks[0].cells, honest.problem) == (("a = 1",), "")
    assert sorted(os.listdir(folder)) == before
    return eve


def test_a_zip_in_a_zip_is_read_and_one_more_is_not(tmp_path):
    one = packed(("ex05.ipynb", A))
    two = packed(("inner.zip", one), ("ex06.ipynb", notebook("b = 1")))
    three = packed(("outer.zip", two))
    eve = handed_in(tmp_path, two)
    assert [one.path for one in eve.notebooks] == ["eve.zip/ex06.ipynb", "eve.zip/inner.zip/ex05.ipynb"]
    eve = handed_in(tmp_path, three)
    assert [one.problem for one in eve.notebooks] == [
        "",
        "a zip in a zip in a zip is not read: hand in the notebook alone",
    ]


@pytest.mark.parametrize(
    "name", ["../ex05.ipynb", "/etc/ex05.ipynb", "C:\\x\\ex05.ipynb", "a/../../ex05.ipynb", "..\\x.ipynb"]
)
def test_a_path_that_leads_outside_is_a_problem_of_that_file_alone(name, tmp_path):
    eve = handed_in(tmp_path, packed((name, A), ("ok.ipynb", A)))
    problems = sorted(one.problem for one in eve.notebooks)
    assert problems[0] == ""
    assert "leads outside" in problems[1]


def test_a_link_in_a_zip_is_not_followed(tmp_path):
    link = zipfile.ZipInfo("ex05.ipynb")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    eve = handed_in(tmp_path, packed((link, "/etc/passwd")))
    assert "is a link, which is not followed" in eve.notebooks[0].problem


def test_a_zip_bomb_is_refused_without_unpacking_it(tmp_path):
    eve = handed_in(tmp_path, packed(("ex05.ipynb", b"0" * (30 * 2**20))))
    assert "unpacks to far more" in eve.notebooks[0].problem
    eve = handed_in(tmp_path, packed(("ex05.ipynb", os.urandom(2**20) * 40)))
    assert eve.notebooks[0].problem
    eve = handed_in(tmp_path, packed(*((f"{n}.txt", b"") for n in range(limits.ENTRIES + 1))))
    assert "files: hand in the notebook alone" in eve.notebooks[0].problem


def test_what_is_read_for_one_student_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "STUDENT_BYTES", 10 * 2**20)
    large = b'{"cells": [], "x": "' + os.urandom(2**19).hex().encode() + b'"}'
    eve = handed_in(tmp_path, packed(*((f"{n}.ipynb", large) for n in range(12))))
    problems = [one.problem for one in eve.notebooks]
    assert problems[0] == ""
    assert "too large in all" in problems[-1]


def test_a_zip_that_lies_about_sizes_is_a_problem(tmp_path):
    data = bytearray(packed(("ex05.ipynb", A)))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 5)  # the unpacked size in the list of contents
    eve = handed_in(tmp_path, bytes(data))
    assert eve.notebooks[0].problem
    data[place + 24 : place + 28] = struct.pack("<I", 2**31)
    assert handed_in(tmp_path, bytes(data)).notebooks[0].problem


def test_an_encrypted_zip_says_so(tmp_path):
    data = bytearray(packed(("ex05.ipynb", A)))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "needs a password" in handed_in(tmp_path, bytes(data)).notebooks[0].problem


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_whose_memory_cannot_be_bounded_are_refused(method, tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        archive.writestr("ex05.ipynb", A)
    assert "unusual way" in handed_in(tmp_path, held.getvalue()).notebooks[0].problem


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"nothing", packed(("a.ipynb", A))[:-30], packed(("a.ipynb", A))[20:]]
)
def test_a_broken_zip_is_a_sentence(data, tmp_path):
    assert "broken or cut off" in handed_in(tmp_path, data).notebooks[0].problem


def test_a_broken_member_costs_the_others_nothing(tmp_path):
    data = bytearray(packed(("a.ipynb", notebook(*"abcdefgh")), ("b.ipynb", A)))
    data[60:70] = bytes(10)
    eve = handed_in(tmp_path, bytes(data))
    assert "broken" in eve.notebooks[0].problem
    assert eve.notebooks[1].cells == ("a = 1",)


def test_a_list_of_contents_that_claims_to_be_huge_is_refused(tmp_path):
    data = bytearray(packed(("a.ipynb", A)) + bytes(30))
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 2**31)
    assert handed_in(tmp_path, bytes(data)).notebooks[0].problem


def test_names_that_macos_writes_without_saying_utf8_are_right(tmp_path):
    name = "Übung.ipynb".encode()
    data = packed(("U" * len(name), A)).replace(b"U" * len(name), name)
    assert handed_in(tmp_path, data).notebooks[0].path == "eve.zip/Übung.ipynb"


def test_what_systems_add_to_zips_is_left_out(tmp_path):
    junk = (
        "__MACOSX/._ex05.ipynb",
        ".DS_Store",
        "a/.ipynb_checkpoints/ex05-checkpoint.ipynb",
        "__pycache__/x.py",
    )
    eve = handed_in(tmp_path, packed(*((name, A) for name in junk), ("a\\ex05.ipynb", A)))
    assert [one.path for one in eve.notebooks] == ["eve.zip/a/ex05.ipynb"]


def test_the_later_of_two_members_of_one_name_counts(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(("ex05.ipynb", notebook("old = 1")), ("ex05.ipynb", notebook("new = 1")))
    assert [one.cells for one in handed_in(tmp_path, data).notebooks] == [("new = 1",)]


def test_a_broken_zip_on_the_command_line_is_a_submission_with_a_problem(tmp_path):
    (found,) = read([write(tmp_path, {"ada.zip": b"PK"}) / "ada.zip"])
    assert (found.student, found.layout) == ("ada", "folder")
    assert "broken or cut off" in found.notebooks[0].problem


def test_a_zip_of_a_class_is_listed_once(tmp_path, monkeypatch):
    from mlpkit.grading.submissions import reading

    write(tmp_path / "class", {f"student{n}/ex05.ipynb": f"x = {n}" for n in range(50)})
    opened = []
    original = reading.open_plain
    monkeypatch.setattr(reading, "open_plain", lambda path: opened.append(path) or original(path))
    assert len(read([zipped(tmp_path / "class", tmp_path / "class.zip")])) == 50
    assert len(opened) == 1


@pytest.mark.parametrize("name", [b"\0x.ipynb", b"////////", b"..//../.", b"\xff\xfe.ipynb", b"a/b/c/d/"])
def test_a_member_without_a_usable_name_costs_the_others_nothing(name, tmp_path):
    placeholder = b"P" * len(name)
    data = packed((placeholder.decode(), A), ("ok.ipynb", A)).replace(placeholder, name)
    eve = handed_in(tmp_path, data)
    assert ("a = 1",) in [one.cells for one in eve.notebooks]
    (found,) = [one for one in read([tmp_path / "eve.zip"]) if one.student == "ok"]
    assert found.notebooks[0].cells == ("a = 1",)
