# ruff: noqa: E501 (code of notebooks in texts)
"""Replies from a sandbox: right ones are read, forged ones change nothing and raise nothing."""

import base64
import json
import time
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit.exercises.registry import questions
from mlpkit.exercises.sandboxed.plain import Numbers, plain
from mlpkit.exercises.sandboxed.run import Call, Observation
from mlpkit.exercises.verdict import grade
from mlpkit.grading.guest.job import Job
from mlpkit.grading.guest.run import as_json
from mlpkit.grading.replies import LISTS, transcript

CALLS = ((Call("a", (1.0,)), Call("b", (2.0,))), (Call("a", (3.0,)), Call("b", (4.0,))))
JOB = Job("token", ("x = 1", "y = 2"), {"f": CALLS, "g": CALLS})


def sent(*lines, token="token"):
    return b"".join(b"\n" + f"{token} {json.dumps(line)}".encode() + b"\n" for line in lines)


def observation(value=None, **more):
    return {**as_json(Observation("a", plain(1.0 if value is None else value))), **more}


def numbers(shape, data, dtype="float64"):
    text = base64.b64encode(data).decode()
    return {"is": "Numbers", "values": {"shape": shape, "data": text}, "dtype": dtype, "kind": "ndarray"}


def seen(name, i, **more):
    return {"seen": name, "numbers": i, "observations": [observation(**more)] * 2}


WHOLE = [
    {"cell": 0},
    {"failed": 0, "raised": "KeyError", "message": "'x'", "line": 3},
    {"cell": 1},
    {"question": "f"},
    seen("f", 0),
    seen("f", 1),
    {"missing": "g", "what": "is a int, not a function"},
    {"end": True, "notes": ["a note"], "asked": ["mlpkit.x"]},
]


def test_a_whole_reply_is_read():
    found = transcript(sent(*WHOLE), JOB)
    assert (found.ended, found.begun, found.changed) == (True, True, False)
    assert found.failed == {0: {"raised": "KeyError", "message": "'x'", "line": 3}}
    assert found.missing == {"g": "is a int, not a function"}
    assert [len(one) for one in found.seen["f"]] == [2, 2]
    assert isinstance(found.seen["f"][0][0].value, Numbers)
    assert (found.notes, found.asked) == (("a note",), ("mlpkit.x",))


@pytest.mark.parametrize("end", range(len(WHOLE)))
def test_where_a_reply_ends_early_it_says_what_was_open(end):
    found = transcript(sent(*WHOLE[:end]), JOB)
    assert not found.ended
    assert not found.changed
    assert found.open_cell == (0 if end in (1, 2) else 1 if end == 3 else None)
    assert found.open_question == ("f" if end in (4, 5) else None)


def test_a_reply_that_is_cut_off_anywhere_counts_as_unchanged():
    data = sent(*WHOLE)
    assert not any(transcript(data[:end], JOB).changed for end in range(0, len(data), 7))


@pytest.mark.parametrize(
    "noise", [b"x", b"\n" * 50, b"\xff\xfe\0", b"token", b"toke {}\n", b"Token {}\n", b" token {}\n"]
)
def test_what_a_submission_writes_without_the_token_is_passed_over(noise):
    lines = [noise + sent(line) for line in WHOLE]
    found = transcript(b"".join(lines), JOB)
    assert found.ended
    assert not found.changed


FORGED = {
    "a line after the end": [*WHOLE, {"cell": 0}],
    "a second end": [*WHOLE, WHOLE[-1]],
    "a cell twice": [{"cell": 0}, {"cell": 0}],
    "a cell that is none": [{"cell": 2}],
    "a cell of another kind": [{"cell": True}],
    "a cell behind the questions": [{"cell": 0}, {"question": "f"}, seen("f", 0), {"cell": 1}],
    "a failure of another cell": [{"cell": 0}, {"failed": 1, "raised": "", "message": "", "line": 0}],
    "a line that is too large": [{"cell": 0}, {"failed": 0, "raised": "", "message": "", "line": 10**10}],
    "a question of another job": [{"question": "h"}],
    "a question twice": [{"question": "f"}, seen("f", 0), seen("f", 1), {"question": "f"}],
    "two questions at once": [{"question": "f"}, {"question": "g"}],
    "an answer without a question": [seen("f", 0)],
    "an answer to another question": [{"question": "f"}, seen("g", 0)],
    "the second numbers first": [{"question": "f"}, seen("f", 1)],
    "more numbers than were asked": [{"question": "f"}, seen("f", 0), seen("f", 1), seen("f", 2)],
    "fewer observations": [{"question": "f"}, {"seen": "f", "numbers": 0, "observations": [observation()]}],
    "no object": [5],
    "nothing known": [{"points": 5}],
    "a list as a name": [{"question": ["f"]}],
    "notes of another kind": [{"end": True, "notes": 3, "asked": []}],
    "a huge empty array": [
        {"question": "f"}, seen("f", 0) | {"observations": [observation() | {"value": numbers([0, 10**9], b"")}] * 2}],
    "a hidden huge empty array": [
        {"question": "f"},
        seen("f", 0) | {"observations": [observation(entries={
            "is": "Items", "kind": "list", "names": [], "items": [numbers([10**6, 0], b"")]})] * 2},
    ],
    "an array of another size": [
        {"question": "f"}, seen("f", 0) | {"observations": [observation(entries=numbers([3], bytes(8)))] * 2}],
    "names without entries": [
        {"question": "f"},
        seen("f", 0)
        | {"observations": [observation(entries={"is": "Items", "kind": "dict", "names": ["x"], "items": []})] * 2},
    ],
    "half a number": [
        {"question": "f"}, seen("f", 0) | {"observations": [observation(entries=numbers([], bytes(7)))] * 2}],
    "more than an answer can be": [
        {"question": "f"},
        seen("f", 0) | {"observations": [observation(entries=numbers([80000], bytes(640000)))] * 2},
    ],
}  # fmt: skip


@pytest.mark.parametrize("case", FORGED)
def test_a_line_that_does_not_belong_there_counts_as_written_by_the_submission(case):
    assert transcript(sent(*FORGED[case], {"end": True, "notes": [], "asked": []}), JOB).changed


@pytest.mark.parametrize("field", [field.name for field in fields(Observation)])
@pytest.mark.parametrize(
    "wrong", [None, 5, -1, 10**30, 1e300, "x" * 10**5, [], [[1]], {}, {"is": "x"}, [None], True]
)
def test_a_wrong_kind_in_any_field_raises_nothing_and_is_cut(field, wrong):
    line = {"seen": "f", "numbers": 0, "observations": [observation() | {field: wrong}] * 2}
    found = transcript(sent({"question": "f"}, line), JOB)
    for one in found.seen["f"][:1]:
        assert len(repr(one[0])) < 10_000


def test_texts_are_cut_and_free_of_half_characters():
    line = {"failed": 0, "raised": "R" * 5000, "message": "\ud800" * 5000, "line": 0}
    end = {"end": True, "notes": ["n" * 5000] * 500, "asked": ["a" * 5000] * 500}
    found = transcript(sent({"cell": 0}, line, end), JOB)
    assert len(found.failed[0]["raised"]) == 100
    assert found.failed[0]["message"] == "?" * 300
    assert [len(found.notes), len(found.notes[0]), len(found.asked), len(found.asked[0])] == [20, 200, 5, 100]


@pytest.mark.parametrize(
    "data",
    [b"[" * 10**6, b"{" * 10**6, b"[" * 10**5 + b"]" * 10**5, b'{"a":' * 10**5, b"9" * 10**6, b"[" + b"0," * 10**6 + b"0]",
     b'"' + b"\\u0000" * 10**6 + b'"', b"-Infinity", b"NaN", b"\xff" * 10**6, b"\0" * 10**6, b" " * 10**6],
    ids=range(12),
)  # fmt: skip
def test_floods_take_little_time_and_raise_nothing(data):
    start = time.perf_counter()
    found = transcript(b'token {"cell": 0}\ntoken ' + data + b"\ntoken {}\n", JOB)
    assert time.perf_counter() - start < 5
    assert found.changed


def test_more_brackets_than_there_can_be_are_not_even_read():
    assert transcript(b"token " + b"[]" * (LISTS + 1), JOB).changed


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from([*[f.name for f in fields(Observation)], "is", "values", "shape", "data", "items", "cell",
                         "question", "seen", "numbers", "observations", "end", "notes", "asked", "failed", "late",
                         "missing", "what"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(ANYTHING, max_size=4), st.booleans())
def test_any_lines_of_json_raise_nothing(lines, asked):
    before = [{"cell": 0}, {"question": "f"}] if asked else []
    found = transcript(sent(*before, *lines), JOB)
    assert found.ended in (True, False)


@given(st.dictionaries(st.sampled_from([f.name for f in fields(Observation)]), ANYTHING, max_size=3))
def test_any_observation_raises_nothing(more):
    line = {"seen": "f", "numbers": 0, "observations": [observation() | more] * 2}
    found = transcript(sent({"question": "f"}, line), JOB)
    assert found.changed or len(found.seen["f"]) == 1


@given(st.binary(max_size=300))
def test_any_bytes_raise_nothing(data):
    assert not transcript(data, JOB).ended
    transcript(b"token {" + data + b"\ntoken " + data, JOB)


ODD = {
    "nothing": None,
    "not a number": numbers([], np.float64(np.nan).tobytes()),
    "many numbers": numbers([25000], bytes(200000)),
    "many rows": numbers([5000, 5], bytes(200000)),
    "many axes": numbers([1] * 32, bytes(8)),
    "an empty array": numbers([0], b""),
    "infinite numbers": numbers([3, 2], np.full(6, np.inf).tobytes()),
    "huge numbers": numbers([5], np.full(5, 1e308).tobytes()),
    "another dtype": numbers([5], bytes(40), "\u202eobject<script>"),
    "a long list": {"is": "Items", "kind": "list", "names": [], "items": [{"is": "Nothing"}] * 2000},
    "a dictionary": {"is": "Items", "kind": "dict", "names": ["J", "grad"], "items": [{"is": "Nothing"}] * 2},
    "text": {"is": "Text", "text": "1.0" * 500},
    "another thing": {"is": "Other", "what": "an array of complex numbers"},
}


@pytest.mark.slow  # a minute
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", list(questions()))
def test_whatever_comes_is_graded_in_a_moment_and_gets_no_full_marks(name, odd):
    asked = questions()[name]
    calls = tuple(asked.calls(0))
    value = {"is": "Nothing"} if ODD[odd] is None else ODD[odd]
    one = observation() | {"value": value, "form": "", "printed": "x" * 1999, "warned": ["w"] * 20}
    line = {"seen": name, "numbers": 0, "observations": [one] * len(calls)}
    found = transcript(sent({"question": name}, line), Job("token", (), {name: (calls,)}))
    start = time.perf_counter()
    result = grade(asked, found.seen[name][0], 0)
    assert time.perf_counter() - start < 20  # on a machine at work
    assert result.score < result.max_score
    assert not any("please report" in note for note in result.notes), result.notes
