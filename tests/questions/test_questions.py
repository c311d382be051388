"""Every question of every set: its solutions pass, its misconceptions lose points and get their own hint.

A new set is tested by being there. Kill rate and false fails are printed at the end of the run.
"""

import inspect
import re

import pytest
from seeds import seeds

from mlpkit.exercises.registry import questions, sets
from mlpkit.exercises.sandboxed.plain import pack, unpack
from mlpkit.exercises.sandboxed.run import Observation, observations
from mlpkit.exercises.verdict import grade

SEEDS = seeds(20)
QUESTIONS = questions()
each_question = pytest.mark.parametrize("name", QUESTIONS)
SOLUTIONS = [(q, f) for q in QUESTIONS.values() for f in (q.solution, *q.right)]
MISTAKES = [(q, m) for q in QUESTIONS.values() for m in q.misconceptions]


def graded(question, function, seed):
    return grade(question, observations(function, question.calls(seed)), seed)


@pytest.mark.parametrize(("question", "function"), SOLUTIONS, ids=lambda x: getattr(x, "__name__", ""))
def test_a_right_solution_gets_full_marks_under_every_seed(question, function, record_property):
    record_property("right solution", False)
    for seed in SEEDS:
        result = graded(question, function, seed)
        assert result.passed, f"seed {seed}\n{result}"
        assert result.misconception is None
    record_property("right solution", True)


@pytest.mark.parametrize(("question", "known"), MISTAKES, ids=lambda x: getattr(x, "id", ""))
def test_a_misconception_loses_points_and_gets_its_own_hint_under_every_seed(
    question, known, record_property
):
    record_property("misconception", False)
    for seed in SEEDS:
        result = graded(question, known.wrong, seed)
        assert result.score < result.max_score, f"seed {seed}: not noticed"
        assert not any("please report" in note for note in result.notes), result.notes
        assert result.misconception == known.id, f"seed {seed}\n{result}"
        assert result.hint == known.fitted({}).hint
    record_property("misconception", True)


def raising(*arguments):
    raise NotImplementedError


def with_dots(*arguments): ...


def returning_dots(*arguments):
    return ...


@each_question
@pytest.mark.parametrize("stub", [raising, with_dots, returning_dots])
def test_an_untouched_stub_gets_no_points_and_the_answer_says_that_it_is_not_written(name, stub):
    result = graded(QUESTIONS[name], stub, 0)
    assert (result.score, result.passed, result.misconception) == (0, False, None)
    assert result.status == "not written yet"
    assert result.max_score == QUESTIONS[name].points


@each_question
def test_a_result_does_not_depend_on_what_was_checked_before(name):
    question = QUESTIONS[name]
    wrong = question.misconceptions[-1].wrong
    first = repr(graded(question, wrong, 3)), repr(graded(question, question.solution, 3))
    second = repr(graded(question, question.solution, 3)), repr(graded(question, wrong, 3))
    assert first == second[::-1]


@each_question
def test_another_seed_asks_with_other_numbers(name):
    calls = [QUESTIONS[name].calls(seed) for seed in (0, 0, 1)]
    text = [repr([call.arguments for call in some]) for some in calls]
    assert text[0] == text[1]
    if QUESTIONS[name].varies:
        assert text[0] != text[2]


@each_question
def test_what_leaves_the_students_process_survives_the_way_as_text(name):
    question = QUESTIONS[name]
    seen = observations(question.solution, question.calls(0))
    sent = [Observation(**{**vars(o), "value": unpack(pack(o.value))}) for o in seen]
    assert grade(question, sent, 0).passed


@each_question
def test_a_question_is_complete_and_its_hints_are_its_own(name):
    question = QUESTIONS[name]
    assert len(question.right) >= 2
    assert len(question.misconceptions) >= 2
    assert len({m.id for m in question.misconceptions}) == len(question.misconceptions)
    assert len({m.hint for m in question.misconceptions}) == len(question.misconceptions)
    assert len({p.name for p in question.probes}) == len(question.probes)
    assert len({p.name for p in question.properties}) == len(question.properties)
    probes = {probe.name for probe in question.probes}
    for prop in question.properties:
        assert set(prop.on) <= probes, f"{prop.name} looks at a probe that is not there"


@each_question
def test_a_stub_says_shapes_and_every_solution_takes_its_arguments(name):
    question = QUESTIONS[name]
    doc = question.solution.__doc__
    assert "->" in doc
    wanted = list(inspect.signature(question.solution).parameters)
    taken = [(function, ()) for function in question.right]
    taken += [(known.wrong, known.fits) for known in question.misconceptions]
    for function, fitted in taken:
        parameters = [name for name in inspect.signature(function).parameters if name not in fitted]
        assert parameters == wanted, function.__name__


@each_question
def test_no_hint_gives_the_answer_away(name):
    body = inspect.getsource(QUESTIONS[name].solution).split('"""')[-1]
    answers = [line.strip().removeprefix("return ") for line in body.splitlines() if "return" in line]
    for known in QUESTIONS[name].misconceptions:
        assert not any(answer in known.hint for answer in answers if len(answer) > 2), known.id
        assert not re.search(r"np\.\w+\(.*\)|==", known.hint), f"{known.id}: an idea, not code"


def test_every_set_is_named_after_its_lecture():
    for name, one in sets().items():
        assert re.fullmatch(r"ex0\d_\w+", name)
        assert name.removeprefix("ex") == one.lecture
