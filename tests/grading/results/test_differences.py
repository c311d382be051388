"""`--diff`: whose points changed, and why."""

from dataclasses import replace

import pytest
from grading.classroom import HOSTILE, SET, student

from mlpkit.grading.records import Answer, Graded, Override
from mlpkit.grading.results import differences, write
from mlpkit.grading.results.differences import Change, compared

GELU = Answer("gelu", 2.0, 5.0, "not yet right", version="1")
SIGMOID = Answer("sigmoid", 5.0, 5.0, "passed", version="1")
ADA = student("ada", GELU, SIGMOID)
POINTS = (("gelu", 2.0), ("sigmoid", 5.0), ("total", 7.0))
SIX = (Override("", 6.0),)
WHY = "not graded any more: The machine was out of memory."
FEWER = "not in this run any more"
LOST_BOB = Graded("bob", status="not graded", reason="The zip is damaged.")
LOST = Graded("ada", status="not graded", reason="The machine was out of memory.", content="ada")


def of(record, **fields):
    """The record with other fields of its first answer."""
    return replace(record, answers=(replace(record.answers[0], **fields), *record.answers[1:]))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (ADA, of(replace(ADA, content="other"), points=3.0), "another submission was handed in"),
        (ADA, of(ADA, points=3.0, version="2"), "the question or its grading changed"),
        (ADA, of(replace(ADA, settings="seeds 3"), points=3.0), "seeds or limits changed"),
        (
            ADA,
            of(replace(ADA, settings="s", content="c"), points=3.0, version="2"),
            "another submission was handed in, the question or its grading changed, seeds or limits changed",
        ),
        (ADA, of(ADA, points=3.0), "no cause found: does the answer depend on chance or on time?"),
        (ADA, replace(ADA, overrides=(Override("gelu", 3.0),)), "points by hand"),
        (replace(ADA, overrides=(Override("gelu", 3.0),)), ADA, "no points by hand any more"),
        (
            ADA,
            of(ADA, points=0.0, status="not checked"),
            "not checked, a fault of mlpkit or the machine",
        ),
        (of(ADA, points=0.0, status="not checked"), ADA, "checked now"),
    ],
)
def test_the_cause_of_a_change_is_named(old, new, why):
    found = compared([old], [new])
    assert [(one.question, one.why) for one in found.changes] == [("gelu", why), ("total", why)]
    assert found.changes[0].old != found.changes[0].new


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ([], [ADA], [Change("ada", "total", None, 7.0, "a new submission")]),
        ([ADA], [], [Change("ada", "total", 7.0, None, "no longer among the submissions")]),
        ([LOST], [ADA], [Change("ada", q, None, points, "graded now") for q, points in POINTS]),
        ([ADA], [LOST], [Change("ada", q, points, None, WHY) for q, points in POINTS]),
        ([LOST], [replace(LOST, overrides=SIX)], [Change("ada", "total", None, 6.0, "points by hand")]),
        ([ADA], [replace(ADA, overrides=SIX)], [Change("ada", "total", 7.0, 6.0, "points by hand")]),
        (
            [ADA],
            [replace(ADA, answers=(GELU,))],
            [Change("ada", "sigmoid", 5.0, None, FEWER), Change("ada", "total", 7.0, 2.0, FEWER)],
        ),
    ],
)  # fmt: skip
def test_who_is_new_gone_newly_graded_or_graded_by_hand_is_listed(old, new, changes):
    assert list(compared(old, new).changes) == changes


def test_equal_results_are_no_change_even_if_the_submission_is_another_one():
    found = compared([ADA, LOST_BOB], [replace(one, content="new") for one in (ADA, LOST_BOB)])
    assert not found
    assert str(found) == "no changes in 2 students"


def test_other_words_with_the_same_points_are_no_change():
    assert not compared([ADA], [of(ADA, hint="Look again.", version="2")])


def test_the_terminal_shows_columns_and_one_line_that_sums_up(tmp_path):
    bob = student("bob", GELU)
    write(tmp_path / "old", [ADA, bob, student("eve", GELU)], SET)
    write(
        tmp_path / "new", [of(ADA, points=4.5, version="2"), of(bob, points=1.0), student("zoe", GELU)], SET
    )
    assert str(differences(tmp_path / "old", tmp_path / "new")) == (
        "student  question  old  new  why\n"
        "ada      gelu        2  4.5  the question or its grading changed\n"
        "ada      total       7  9.5  the question or its grading changed\n"
        "bob      gelu        2    1  no cause found: does the answer depend on chance or on time?\n"
        "bob      total       2    1  no cause found: does the answer depend on chance or on time?\n"
        "eve      total       2    -  no longer among the submissions\n"
        "zoe      total       -    2  a new submission\n"
        "\n"
        "4 of 4 students changed: 1 with more points, 1 with fewer, 1 new, 1 gone"
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_or_reason_stays_in_its_line(name):
    lost = Graded(name, status="not graded", reason=name)
    lines = str(compared([], [lost])).split("\n")
    assert len(lines) == 4
    assert all(line.isprintable() and len(line) < 300 for line in lines)
