"""From a submission to its result: which notebook counts, what is stopped, and what is no student's fault."""

from dataclasses import replace

import pytest
from grading.attacks.attack import HONEST_CELLS, IMPORTS, RIGHT

from mlpkit.exercises.registry import question
from mlpkit.exercises.sandboxed.run import observations
from mlpkit.exercises.verdict import grade, score
from mlpkit.grading import judge as judging
from mlpkit.grading.guest.job import Limits
from mlpkit.grading.guest.run import sender
from mlpkit.grading.judge import HARD_CODED, ONLY_PUBLIC, Judge, Settings, content_of, merged
from mlpkit.grading.records import Notebook, Submission
from mlpkit.grading.sandboxes import Reply, SandboxError

NAMES = ("pre_activation", "sigmoid")
SEEDS = (0, 1234567)


class Here:
    """A stand-in for a sandbox: `act(job, send)` sends what a submission's process would; then it ends so."""

    name = "here"

    def __init__(self, *acts):
        self.acts, self.jobs, self.closed = list(acts), [], 0

    def run(self, job):
        self.jobs.append(job)
        act = self.acts.pop(0)
        sent = bytearray()
        end = act(job, sender(job.token, lambda data: sent.extend(data) or len(data)))
        return Reply(bytes(sent), end or "exited")

    def close(self):
        self.closed += 1


@pytest.fixture
def grading(monkeypatch):
    """`grading(*acts, **settings)`: a judge whose sandbox does these acts, and the sandbox."""

    def make(*acts, **more):
        sandbox = Here(*acts)
        monkeypatch.setattr(judging, "open_sandbox", lambda name: sandbox)
        return Judge(Settings(NAMES, SEEDS, **more)), sandbox

    return make


def submission(*cells, **more):
    return Submission("s", (Notebook("a.ipynb", cells or HONEST_CELLS),), **more)


def cells(job, send):
    for number in range(len(job.cells)):
        if number not in job.skip:
            send({"cell": number})


def answer(job, send, *names, numbers=None):
    """Answer these questions as the course's solutions do."""
    from mlpkit.grading.guest.run import as_json

    for name in names:
        send({"question": name})
        for i, calls in enumerate(job.calls[name][:numbers]):
            seen = observations(question(name).solution, list(calls), 5.0)
            send({"seen": name, "numbers": i, "observations": [as_json(one) for one in seen]})


def end(send):
    send({"end": True, "notes": ["a note"], "asked": ["mlpkit.x"]})


def right(job, send):
    cells(job, send)
    answer(job, send, *job.calls)
    end(send)


def test_right_answers_get_all_points_and_the_notes_are_told(grading):
    judge, sandbox = grading(right)
    result = judge.grade(submission(notes=("late",)))
    assert result.points == result.of == 12
    assert [one.status for one in result.answers] == ["passed", "passed"]
    assert result.notes == (
        "late",
        "a note",
        "it asks for mlpkit.x, which is not there while a submission is graded",
    )
    assert [len(job.calls) for job in sandbox.jobs] == [2]
    assert result.content == content_of(submission())
    assert result.settings == judge.settings.name


def test_only_the_questions_that_are_asked_for_are_run(grading):
    judge, sandbox = grading(right)
    result = judge.grade(submission(), ("sigmoid",))
    assert [one.question for one in result.answers] == ["sigmoid"]
    assert list(sandbox.jobs[0].calls) == ["sigmoid"]


def test_a_question_that_ends_the_process_costs_only_itself(grading):
    def crash(job, send):
        cells(job, send)
        send({"question": "pre_activation"})
        return "signal"

    judge, sandbox = grading(crash, right)
    result = judge.grade(submission())
    assert result.answer("pre_activation").status == "stopped"
    assert result.answer("pre_activation").explanation.startswith("Not finished: it crashed the process")
    assert result.answer("sigmoid").points == 7
    assert list(sandbox.jobs[1].calls) == ["sigmoid"]


def test_what_was_answered_before_the_end_of_the_process_is_kept(grading):
    def crash(job, send):
        cells(job, send)
        answer(job, send, "pre_activation")
        send({"question": "sigmoid"})
        return "memory"

    judge, sandbox = grading(crash)
    result = judge.grade(submission())
    assert (result.answer("pre_activation").points, result.answer("sigmoid").points) == (5, 0)
    assert len(sandbox.jobs) == 1


def test_an_answer_on_some_of_the_numbers_alone_is_none(grading):
    def crash(job, send):
        cells(job, send)
        answer(job, send, "pre_activation", numbers=1)
        return "time"

    judge, _ = grading(crash, right)
    result = judge.grade(submission())
    assert (result.answer("pre_activation").points, result.answer("pre_activation").status) == (0, "stopped")


def test_a_cell_that_ends_the_process_is_left_out_the_next_time(grading):
    def crash(job, send):
        send({"cell": 0})
        send({"cell": 1})
        return "exited"

    judge, sandbox = grading(crash, right)
    result = judge.grade(submission())
    assert result.points == 12
    assert sandbox.jobs[1].skip == (1,)
    assert "cell 2 is left out: it ended the process in which it ran" in result.notes


def test_a_notebook_that_is_stopped_again_and_again_is_given_up(grading):
    def crash(job, send):
        for number in range(len(job.cells)):
            if number not in job.skip:
                send({"cell": number})
                return "time"

    judge, sandbox = grading(*[crash] * judging.TRIES)
    result = judge.grade(submission(*[f"def sigmoid(z): return {i}" for i in range(9)]))
    assert len(sandbox.jobs) == judging.TRIES
    assert result.answer("sigmoid").status == "stopped"
    assert "stopped too often" in result.answer("sigmoid").explanation


def test_a_reply_that_was_written_into_gives_nothing(grading):
    def forge(job, send):
        right(job, send)
        send({"end": True})

    judge, _ = grading(forge)
    result = judge.grade(submission())
    assert result.points == 0
    assert judging.WRITTEN_INTO in result.notes


def test_a_fault_is_tried_again_in_a_new_sandbox_and_costs_no_points(grading):
    def fail(job, send):
        raise SandboxError("no space left")

    judge, sandbox = grading(fail, right)
    assert judge.grade(submission()).points == 12
    assert sandbox.closed == 1
    judge, sandbox = grading(fail, fail)
    result = judge.grade(submission())
    assert (result.status, result.reason, result.answers) == ("not graded", "no space left", ())


@pytest.mark.parametrize("ends", [("exited", "signal"), ("time", "memory")])
def test_a_process_that_says_nothing_at_all_is_the_machines_fault(grading, ends):
    judge, _ = grading(*[lambda job, send, end=end: end for end in ends])
    result = judge.grade(submission())
    assert result.status == "not graded"
    assert "nothing came out" in result.reason


def test_what_mlpkit_cannot_check_is_no_zero_without_a_note_to_the_instructor(grading):
    def forge(job, send):
        cells(job, send)
        from mlpkit.grading.guest.run import as_json

        send({"question": "pre_activation"})
        for i, calls in enumerate(job.calls["pre_activation"]):
            seen = observations(question("pre_activation").solution, list(calls), 5.0)
            broken = [as_json(replace(one, fault="KeyError: x")) for one in seen]
            send({"seen": "pre_activation", "numbers": i, "observations": broken})
        answer(job, send, "sigmoid")
        end(send)

    judge, _ = grading(forge)
    result = judge.grade(submission())
    assert result.answer("pre_activation").status == "not checked"
    assert result.answer("sigmoid").points == 7
    assert any(
        note.startswith("pre_activation was not checked") and "by hand" in note for note in result.notes
    )


def test_an_error_while_points_are_given_costs_neither_the_batch_nor_the_other_questions(
    grading, monkeypatch
):
    def broken(asked, seen, seed=0):
        if asked.name == "pre_activation":
            raise ZeroDivisionError("on a forged value")
        return grade(asked, seen, seed)

    monkeypatch.setattr(judging, "grade", broken)
    judge, _ = grading(right)
    result = judge.grade(submission())
    assert result.answer("pre_activation").status == "not checked"
    assert "ZeroDivisionError" in result.answer("pre_activation").explanation
    assert result.answer("sigmoid").points == 7


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_graded(grading):
    judge, _ = grading(right)
    good = Notebook("b.ipynb", HONEST_CELLS)
    bad = Notebook("a.ipynb", problem="it is no notebook")
    result = judge.grade(Submission("s", (bad, good)))
    assert (result.points, result.notes[0]) == (12, "a.ipynb: it is no notebook")
    result = judge.grade(Submission("s", (bad,)))
    assert (result.status, result.reason) == ("not graded", "a.ipynb: it is no notebook")
    assert judge.grade(Submission("s")).reason == "there is no notebook in it"
    assert judge.grade(Submission("s", problem="the zip is broken")).reason == "the zip is broken"


def test_of_several_notebooks_the_last_answer_counts_and_an_empty_one_does_not(grading):
    judge, _ = grading(right, right)
    first = Notebook("1.ipynb", (IMPORTS, RIGHT["sigmoid"]))
    second = Notebook("2.ipynb", (IMPORTS, RIGHT["pre_activation"]))
    result = judge.grade(Submission("s", (first, second)))
    assert result.points == 12
    judge, _ = grading(right, right)
    result = judge.grade(Submission("s", (first, replace(first, path="3.ipynb"))))
    assert "sigmoid is in several notebooks: the one in 3.ipynb counts" in result.notes


def results(name, *functions):
    asked = question(name)
    found = [grade(asked, observations(functions[0], asked.calls(SEEDS[0])), SEEDS[0])]
    return found + [score(asked, observations(f, asked.calls(SEEDS[1])), SEEDS[1]) for f in functions[1:]]


def test_points_are_the_fewest_of_all_numbers_and_no_private_one_is_told():
    asked = question("pre_activation")
    answer = merged(results("pre_activation", asked.solution, asked.misconceptions[0].wrong))
    assert answer.points < answer.of
    assert answer.status == "not yet right"
    assert answer.explanation == f"{HARD_CODED}."
    lost = [row for row in answer.rows if row.points < row.of]
    assert lost
    assert {row.description for row in lost} == {ONLY_PUBLIC}
    assert answer.call == ""


def test_a_function_that_does_not_end_on_other_numbers_is_told_so():
    asked = question("pre_activation")
    good, other = results("pre_activation", asked.solution, asked.misconceptions[0].wrong)
    answer = merged([good, replace(other, status="stopped")])
    assert answer.status == "stopped"
    assert "does not end in time" in answer.explanation


def test_a_mistake_on_the_public_numbers_is_explained_from_them_alone():
    asked = question("pre_activation")
    wrong = asked.misconceptions[0].wrong
    (alone,) = results("pre_activation", wrong)
    answer = merged(results("pre_activation", wrong, wrong))
    assert (answer.misconception, answer.hint) == (alone.misconception, alone.hint)
    assert "# expected" not in answer.call


def test_settings_and_contents_tell_what_changes_a_result():
    base = Settings(NAMES, SEEDS)
    assert base.name != Settings(NAMES, SEEDS[:1]).name
    assert base.name != Settings(NAMES, SEEDS, Limits(cell=1.0)).name
    assert str(SEEDS[1]) not in base.name
    assert content_of(submission("a", "b")) != content_of(submission("ab"))
    assert content_of(submission("a")) == content_of(replace(submission("a"), name="Ada", late=True))
    assert content_of(submission("\ud800")) != content_of(submission("?"))
