"""Arbitrary and mutated files: the readers answer with bounded plain data, whatever the bytes are."""

import io
import json
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from submission_files import notebook

from mlpkit.grading.records import Notebook, Submission
from mlpkit.grading.submissions import limits, read
from mlpkit.grading.submissions.layouts import canvas, moodle
from mlpkit.grading.submissions.layouts.gradescope import submitters
from mlpkit.grading.submissions.notebooks import read_notebook, read_script
from mlpkit.grading.submissions.texts import natural_path, shown

VALID = notebook("import numpy as np", "def bump(x):\n    return x", "bump(3)")
HELD = io.BytesIO()
with zipfile.ZipFile(HELD, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("a/ex05.ipynb", VALID)
    archive.writestr("ex06.py", "x = 1")
VALID_ZIP = HELD.getvalue()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "worksheets", "cell_type", "source", "input", "outputs", "metadata", "x"]
            ),
            inner | st.sampled_from(["code", "markdown"]),
            max_size=5,
        )
    ),
    max_leaves=30,
)


@st.composite
def mutated(draw, data):
    """The bytes with a few changes: bytes replaced, taken out, put in, or the end cut off."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(made) - 1, 0)))
        kind = draw(st.sampled_from(["replace", "remove", "insert", "cut", "copy"]))
        if kind == "replace" and made:
            made[place] = draw(st.integers(0, 255))
        elif kind == "remove":
            del made[place : place + draw(st.integers(1, 20))]
        elif kind == "insert":
            made[place:place] = draw(st.binary(max_size=20))
        elif kind == "cut":
            del made[place:]
        else:
            made[place:place] = made[: draw(st.integers(0, 80))]
    return bytes(made)


def is_sound(found):
    """A notebook that holds bounded plain text, and cells or a problem, never both."""
    assert isinstance(found, Notebook)
    assert len(found.cells) <= limits.CELLS
    assert not (found.cells and found.problem)
    assert len(found.notes) <= limits.NOTES
    for text in (found.path, found.problem, *found.notes):
        assert len(text) < 800
        assert text.isprintable()
    for cell in found.cells:
        assert isinstance(cell, str)
        cell.encode()


@given(st.binary(max_size=300) | mutated(VALID))
@example(b"{" * 5000)
@example(b'{"cells": [{"cell_type": "code", "source": "' + b"\\ud83d" * 10 + b'"}]}')
def test_the_notebook_reader_answers_for_any_bytes(data):
    is_sound(read_notebook("x.ipynb", data))
    is_sound(read_script("x.py", data))


@given(JSON, st.sampled_from(["utf-8", "utf-16", "utf-32", "utf-16-be"]))
def test_the_notebook_reader_answers_for_any_json(value, encoding):
    text = json.dumps(value)
    is_sound(read_notebook("x.ipynb", text.encode(encoding)))
    is_sound(read_notebook("x.ipynb", json.dumps({"cells": [value, value]}).encode(encoding)))
    is_sound(read_notebook("x.ipynb", json.dumps({"cells": value, "worksheets": value}).encode()))


@given(st.binary(max_size=300) | mutated(VALID_ZIP))
def test_the_zip_reader_answers_for_any_bytes(data):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "eve.zip").write_bytes(data)
        Path(folder, "honest.ipynb").write_bytes(VALID)
        began = time.monotonic()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            eve, honest = read([folder])
        assert time.monotonic() - began < 5
        assert len(honest.notebooks[0].cells) == 3
        assert isinstance(eve, Submission)
        for one in eve.notebooks:
            is_sound(one)
        assert eve.problem or eve.notebooks
        assert "could not be read (" not in eve.problem  # the last resort of `load`
        try:
            found = read([Path(folder, "eve.zip")])
        except ValueError as error:
            assert "no submissions found" in str(error)  # noqa: PT017
        else:
            assert all(one.student for one in found)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_a_zip_may_hold_any_names(names):
    with tempfile.TemporaryDirectory() as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # zipfile warns of names that occur twice
            with zipfile.ZipFile(Path(folder, "class.zip"), "w") as made:
                for name in (name.lstrip("\0") for name in names):  # zipfile writes no empty name
                    made.writestr(
                        zipfile.ZipInfo((name + ".ipynb").encode("utf-8", "replace").decode()), VALID
                    )
        try:
            found = read([Path(folder, "class.zip")])
        except ValueError as error:
            assert "no submissions found" in str(error)  # noqa: PT017
            return
        assert len({one.student.lower() for one in found}) == len(found)
        for one in found:
            assert "/" not in one.student
            assert "could not be read (" not in one.problem
            assert one.notebooks or one.problem
            for notebook in one.notebooks:
                is_sound(notebook)


@given(
    st.text(max_size=200) | st.from_regex(r"submission_1:\n(  :(submitters|x):\n(  - :(name|sid): .*\n)*)*")
)
def test_gradescopes_metadata_may_be_any_text(text):
    people, times = submitters(text)
    assert all(isinstance(one, dict) for found in people.values() for one in found)
    assert all(isinstance(time, str) for time in times.values())


@given(st.text(max_size=80))
def test_names_of_platforms_may_be_any_text(name):
    moodle.split(name + "_assignsubmission_file_")
    canvas.matched(name)
    assert len(shown(name * 10)) <= limits.NAME_CHARACTERS
    shown(name).encode()


PART = st.text(max_size=8) | st.from_regex(r"(a|A|ex|-checkpoint|\.|[0-9²]{1,3}){0,4}", fullmatch=True)


@given(st.lists(st.lists(PART, max_size=4).map(tuple), max_size=8))
@example([("a",), ("a.",)])
def test_any_paths_can_be_sorted_and_the_order_depends_on_nothing_else(paths):
    found = sorted(paths, key=natural_path)
    other_way = list(reversed(paths))
    assert sorted(other_way, key=natural_path) == found


ONE_LINE = st.text(
    st.characters(codec="utf-8", exclude_characters="\n\r\x85\u2028\u2029"), min_size=1, max_size=20
)


@given(st.lists(st.tuples(ONE_LINE, ONE_LINE), min_size=1, max_size=3), st.text(max_size=40))
def test_gradescopes_metadata_is_read_as_a_yaml_library_reads_it(people, printed):
    written = [{":name": name, ":sid": sid, ":email": None} for name, sid in people]
    results = {"tests": [{":name": printed, "output": printed}], ":submitters": [{":name": printed}]}
    one = {
        ":submitters": written,
        ":created_at": "2020-02-22 03:12:43 Z",
        ":results": results,
    }
    text = yaml.safe_dump({"submission_7": one}, allow_unicode=True, sort_keys=False, width=10**6)
    found, times = submitters(text)
    assert [(p["name"], p["sid"]) for p in found["submission_7"]] == people
    assert times == {"submission_7": "2020-02-22T03:12:43+00:00"}
