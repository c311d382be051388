"""One submission to its result: run in a sandbox, compare outside of it.

A question that ends the sandbox costs only itself, a cell that does only itself: the rest is run again
without it.
"""

import hashlib
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field, replace

from mlpkit.exercises.records import Question
from mlpkit.exercises.registry import question
from mlpkit.exercises.result import CheckResult, rows
from mlpkit.exercises.verdict import grade, score
from mlpkit.grading import seeds as class_seeds
from mlpkit.grading.forms import form_of
from mlpkit.grading.guest.job import Job, Limits
from mlpkit.grading.magics import as_python
from mlpkit.grading.records import NOT_GRADED, Answer, Graded, Row, Submission
from mlpkit.grading.replies import Transcript, transcript
from mlpkit.grading.sandboxes import Sandbox, SandboxError, open_sandbox
from mlpkit.grading.versions import version_of

TRIES = 4  # runs of one notebook, where cells or questions end the sandbox
FAULTS = 2  # faults of the sandbox with one submission, after which it is not graded
KNOWN = 2000  # results kept, since many submissions answer alike
ONLY_PUBLIC = "right on the notebook's numbers, not on others"
HARD_CODED = "It is right on the numbers of the notebook, and not on others"
ENDLESS_ELSEWHERE = "It is right on the numbers of the notebook, and does not end in time on others"
USE_ARGUMENTS = (
    "Do all results come from the arguments? A number, a shape or a special case of the notebook may be "
    "written into the function."
)
WRITTEN_INTO = "the notebook wrote into the grader's own channel, so its answers cannot be trusted"
UNCHECKED = (
    "{} was not checked: an error in mlpkit, or the notebook has made it look like one. It is graded again "
    "in the next run; if it stays so, give the points by hand"
)
EXPECTED = ("NotImplementedError", "NotThereError")  # in cells of the notebook as it was given out
ENDS = {
    "time": "it did not end by itself, and was stopped",
    "memory": "it needed more memory than a submission may have, and was stopped",
    "flood": "it sent more data than an answer can have, and was stopped",
    "signal": "it crashed the process in which it ran",
    "exited": "it ended the process in which it ran",
}


@dataclass(frozen=True)
class Settings:
    """What is graded and how: the questions by name, the seeds (the first is the notebooks'), the limits."""

    questions: tuple[str, ...]
    seeds: tuple[int, ...] = (class_seeds.PUBLIC,)
    limits: Limits = field(default_factory=Limits)
    sandbox: str = "bubblewrap"

    @property
    def name(self) -> str:
        """A short text that changes with seeds and limits, and tells no seed."""
        text = f"{class_seeds.name_of(self.seeds)} {self.limits}"
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def content_of(submission: Submission) -> str:
    """A hash of what was handed in."""
    found = hashlib.sha256()
    for notebook in submission.notebooks:
        for text in (notebook.problem, *notebook.cells):
            found.update(text.encode("utf-8", "surrogatepass") + b"\0")
        found.update(b"\1")
    return found.hexdigest()[:16]


class Judge:
    """Grades submissions one after the other in one sandbox, which is opened when it is first needed."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self._sandbox: Sandbox | None = None
        self._calls: dict[str, tuple] = {}
        self._known: OrderedDict[tuple, CheckResult] = OrderedDict()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        """Close the sandbox."""
        if self._sandbox is not None:
            self._sandbox.close()
        self._sandbox = None

    def grade(self, submission: Submission, questions: tuple[str, ...] | None = None) -> Graded:
        """The result of one submission; `questions`: those to be graded, all of the settings' by default."""
        names = self.settings.questions if questions is None else questions
        result = Graded(
            submission.student,
            submission.name,
            files=tuple(notebook.path for notebook in submission.notebooks),
            layout=submission.layout,
            sent=submission.sent,
            late=submission.late,
            content=content_of(submission),
            settings=self.settings.name,
            notes=submission.notes,
        )
        unread = [
            f"{notebook.path}: {notebook.problem}" for notebook in submission.notebooks if notebook.problem
        ]
        readable = [notebook for notebook in submission.notebooks if not notebook.problem]
        if submission.problem or not readable:
            reason = submission.problem or "; ".join(unread) or "there is no notebook in it"
            return replace(result, status=NOT_GRADED, reason=reason)
        notes = [*submission.notes, *unread]
        answers: dict[str, Answer] = {}
        for notebook in readable:
            several = f"{notebook.path}: " if len(readable) > 1 else ""
            try:
                found, said = self._notebook(notebook, names)
            except SandboxError as error:
                return replace(result, status=NOT_GRADED, reason=str(error))
            notes += [several + note for note in (*notebook.notes, *said)]
            for name, answer in found.items():
                before = answers.get(name)
                if before is None or answer.status not in ("missing", "not written yet"):
                    answers[name] = answer
                    if before is not None and before.status not in ("missing", "not written yet"):
                        notes.append(f"{name} is in several notebooks: the one in {notebook.path} counts")
        return replace(
            result, answers=tuple(answers[name] for name in names), notes=tuple(dict.fromkeys(notes))
        )

    def _notebook(self, notebook, names):
        """The answers of one notebook and the notes on it."""
        cells, notes = as_python(notebook.cells)
        todo, skip = [name for name in names if _is_named(name, cells)], set()
        answers = {name: self._missing(name, "") for name in names if name not in todo}
        for _ in range(TRIES):
            if not todo:
                break
            seen, reply = self._run(cells, todo, skip)
            if seen.changed:
                notes.append(WRITTEN_INTO)
                answers |= {name: self._stopped(name, WRITTEN_INTO) for name in todo}
                todo = []
                break
            notes += self._notes(seen, cells)
            answers |= self._answers(seen, todo, cells)
            todo = [name for name in todo if name not in answers]
            if seen.open_question:
                answers[seen.open_question] = self._stopped(seen.open_question, ENDS[reply.end])
                todo.remove(seen.open_question)
            elif seen.open_cell is not None and todo:
                notes.append(f"cell {seen.open_cell + 1} is left out: {ENDS[reply.end]}")
                skip.add(seen.open_cell)
        answers |= {name: self._stopped(name, "the notebook was stopped too often") for name in todo}
        notes += [UNCHECKED.format(name) for name, one in answers.items() if one.status == "not checked"]
        return answers, list(dict.fromkeys(notes + _twice(names, cells)))

    def _run(self, cells, todo, skip):
        """Run a job, in a new sandbox where one has failed -> transcript, reply; else SandboxError."""
        calls = {name: self._calls_of(name) for name in todo}
        job = Job(secrets.token_hex(12), tuple(cells), calls, self.settings.limits, tuple(sorted(skip)))
        for i in range(FAULTS):
            try:
                if self._sandbox is None:
                    self._sandbox = open_sandbox(self.settings.sandbox)
                reply = self._sandbox.run(job)
                seen = transcript(reply.sent, job)
                if not (seen.begun or seen.changed):  # its first line comes before any of the student's code
                    raise SandboxError(f"nothing came out of the sandbox ({reply.end}, code {reply.code})")
                return seen, reply
            except SandboxError:
                self.close()
                if i == FAULTS - 1:
                    raise
        raise AssertionError("unreachable")

    def _calls_of(self, name):
        if name not in self._calls:
            asked = question(name)
            numbers = self.settings.seeds if asked.varies else self.settings.seeds[:1]
            self._calls[name] = tuple(tuple(asked.calls(seed)) for seed in numbers)
        return self._calls[name]

    def _answers(self, seen: Transcript, todo, cells):
        """The answers to all questions that were observed to their end, or are missing."""
        found = {name: self._missing(name, what) for name, what in seen.missing.items()}
        for name in seen.seen:
            if name != seen.open_question:
                found[name] = self._answer(question(name), seen, cells)
        return found

    def _answer(self, asked: Question, seen: Transcript, cells):
        """The answer to one question from its observations on every set of numbers."""
        observed = seen.seen[asked.name]
        try:
            results = [self._explained(asked, observed[0], seen.packed[asked.name])]
            others = zip(observed[1:], self.settings.seeds[1:], strict=False)
            results += [score(asked, one, seed) for one, seed in others]
            answer = merged(results)
        except (
            Exception
        ) as error:  # on what no function returns, so probably a forged reply: costs nobody else
            why = f"{type(error).__name__}: {error}"[:300]
            answer = replace(nothing(asked.name, "not checked"), explanation=f"mlpkit failed: {why}")
        form, size = form_of(_source(asked.name, cells), asked.name)
        return replace(answer, form=form, size=size, version=version_of(asked.name))

    def _explained(self, asked, observed, packed):
        """The result on the notebook's numbers, explained; many submissions answer alike."""
        key = asked.name, hashlib.sha256(packed.encode()).digest()
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        self._known[key] = result = grade(asked, observed, self.settings.seeds[0])
        if len(self._known) > KNOWN:
            self._known.popitem(last=False)
        return result

    def _stopped(self, name, why):
        return replace(
            nothing(name, "stopped"), explanation=f"Not finished: {why}.", version=version_of(name)
        )

    def _missing(self, name, what):
        explanation = f"{name} {what}." if what else f"There is no function called {name}."
        return replace(nothing(name, "missing"), explanation=explanation, version=version_of(name))

    def _notes(self, seen: Transcript, cells):
        """What happened in the cells, in sentences."""
        notes = [
            f"cell {number + 1} stopped with {one['raised']}: {one['message']}".rstrip(": ")
            for number, one in sorted(seen.failed.items())[:10]
            if one["raised"] not in EXPECTED
        ]
        if seen.late is not None:
            notes.append(f"from cell {seen.late + 1} on nothing was run: the time for all cells was over")
        notes += seen.notes
        notes += [
            f"it asks for {name}, which is not there while a submission is graded" for name in seen.asked
        ]
        return notes


def nothing(name: str, status: str) -> Answer:
    """An answer without a point."""
    parts = question(name).properties
    return Answer(
        name,
        0.0,
        question(name).points,
        status,
        rows=tuple(Row(part.name, 0.0, part.points) for part in parts),
    )


def answer_of(result: CheckResult) -> Answer:
    """What the student may see of a result of `check`: no expected array, no seed."""
    status = {"checked": "passed" if result.passed else "not yet right"}.get(result.status, result.status)
    call = "\n".join(
        line for line in (result.calls or (("", ""),))[0][1].splitlines() if line[:12] != "# expected: "
    )
    return Answer(
        result.question,
        result.score,
        result.max_score,
        status,
        misconception=result.misconception,
        explanation=result.explanation,
        hint=result.hint,
        rows=tuple(Row(names, points, of, one.description) for names, one, points, of in rows(result))
        or tuple(Row(one.name, one.points, one.of) for one in result.findings),
        call=call,
        notes=result.notes,
    )


def merged(results: list[CheckResult]) -> Answer:
    """The answer to results on several sets of numbers: each property has its fewest points.

    What is said comes from the first, public set; of the private ones only that something is wrong there.
    """
    first = results[0]
    answer = answer_of(first)
    worst = [min(one.points for one in column) for column in zip(*(r.findings for r in results), strict=True)]
    lost = {one.name for one, points in zip(first.findings, worst, strict=True) if points < one.points}
    faulty = [result for result in results if result.status == "not checked"]
    if faulty:
        return answer_of(faulty[0])
    if not lost:
        return answer
    kept = [
        Row(one.name, points, one.of, ONLY_PUBLIC if one.name in lost else one.description)
        for one, points in zip(first.findings, worst, strict=True)
    ]
    answer = replace(answer, points=float(sum(worst)), rows=tuple(kept))
    if not first.passed:
        return answer
    if any(result.status == "stopped" for result in results):
        return replace(answer, status="stopped", explanation=f"{ENDLESS_ELSEWHERE}.")
    return replace(answer, status="not yet right", explanation=f"{HARD_CODED}.", hint=USE_ARGUMENTS)


def _is_named(name, cells):
    """Whether the name stands in any cell: without it there can be no such function."""
    return any(name in cell and re.search(rf"\b{name}\b", cell) for cell in cells)


def _source(name, cells):
    """The last cell that defines the function."""
    defines = re.compile(rf"^[ \t]*def {name}\b", re.M)
    return next((cell for cell in reversed(cells) if name in cell and defines.search(cell)), "")


def _twice(names, cells):
    notes = []
    for name in names:
        defines, named = (
            re.compile(rf"^def {name}\b", re.M),
            [(i, c) for i, c in enumerate(cells) if name in c],
        )
        places = [i + 1 for i, cell in named for _ in defines.findall(cell)]
        if len(places) > 1:
            where = ", ".join(map(str, dict.fromkeys(places)))
            notes.append(f"{name} is defined {len(places)} times (cells {where}): the last definition counts")
    return notes
