"""What is handed from one step of grading to the next: a submission that was read, and its result.

All of it is plain data. `Graded` is one line of `results.jsonl`; from it alone come the tables and the pages.
"""

from dataclasses import asdict, dataclass, fields

GRADED = "graded"
NOT_GRADED = "not graded"  # a fault of the machine or a file that cannot be read: never a zero


@dataclass(frozen=True)
class Notebook:
    """The code cells of one notebook (or .py file) in their order; `problem`: why there are none.

    `path` is as the report shows it, relative to what was given on the command line. `notes` tell the
    student and the instructor what was odd about the file and did no harm.
    """

    path: str
    cells: tuple[str, ...] = ()
    problem: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """What one student handed in, as it was found.

    `student` is unique among the submissions and not empty: the id in the layout (Moodle's number, Canvas's
    user id, nbgrader's folder) or the folder's or the file's name. `name` is the person's name where the
    layout tells it. `layout`: "notebook", "folder", "moodle", "canvas", "nbgrader", "gradescope". `sent`: an
    ISO time where the layout knows one. `problem`: why nothing of it can be read.
    """

    student: str
    notebooks: tuple[Notebook, ...] = ()
    name: str = ""
    layout: str = "folder"
    sent: str = ""
    late: bool = False
    problem: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One property of an answer: its points, and in words what was found instead ("" where it is right)."""

    name: str
    points: float
    of: float
    description: str = ""


@dataclass(frozen=True)
class Answer:
    """The result of one question. No field holds a solution, an expected array or a seed.

    `status`: "passed", "not yet right", "not written yet", "stopped" (time limit), "missing" (no such
    function), "not checked" (a fault of mlpkit's own, never a zero). `explanation` is the sentence that
    `check` prints ("It looks as if …"), `misconception` its id or None; `call`: a call that fails, with what
    came. `form` is a hash of the code without names and layout, `size` how many parts that code has, for the
    search for equal answers. `version` stands for the question and the grader that gave the points.
    """

    question: str
    points: float
    of: float
    status: str
    misconception: str | None = None
    explanation: str = ""
    hint: str = ""
    rows: tuple[Row, ...] = ()
    call: str = ""
    notes: tuple[str, ...] = ()
    form: str = ""
    size: int = 0
    version: str = ""


@dataclass(frozen=True)
class Override:
    """Points, or a comment alone (`points` None), that the instructor gave by hand.

    `question` is "" for the submission as a whole: then `points` are its total.
    """

    question: str
    points: float | None = None
    comment: str = ""


@dataclass(frozen=True)
class Graded:
    """The result of one submission: one line of `results.jsonl`.

    `status` is "graded", or "not graded" with the `reason` in a sentence. `content` is a hash of what was
    handed in, `settings` one of seeds and limits: the same submission is graded anew only where one of them
    or a question's `version` has changed. `answers` have the automatic points; what the instructor gave by
    hand stands beside them in `overrides`, and `points`, `points_of` have it in their place.
    """

    student: str
    name: str = ""
    status: str = GRADED
    reason: str = ""
    files: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    notes: tuple[str, ...] = ()
    layout: str = ""
    sent: str = ""
    late: bool = False
    content: str = ""
    settings: str = ""
    overrides: tuple[Override, ...] = ()

    @property
    def points(self) -> float:
        """The points of all answers together; what was given by hand counts in their place."""
        if (total := self.by_hand("")) is not None:
            return total
        names = dict.fromkeys([a.question for a in self.answers] + [o.question for o in self.overrides])
        return float(sum(self.points_of(name) or 0.0 for name in names))

    def points_of(self, question: str) -> float | None:
        """The points for a question, those given by hand before the automatic ones; None without either."""
        given, answer = self.by_hand(question), self.answer(question)
        return given if given is not None else answer.points if answer else None

    def by_hand(self, question: str) -> float | None:
        """The points that were given by hand for a question, for "" in all; None where there are none."""
        given = [one.points for one in self.overrides if one.question == question]
        return next((points for points in reversed(given) if points is not None), None)

    @property
    def of(self) -> float:
        """The points that there are."""
        return float(sum(answer.of for answer in self.answers))

    def answer(self, question: str) -> Answer | None:
        """The answer to a question, or None."""
        return next((one for one in self.answers if one.question == question), None)

    def to_dict(self) -> dict:
        """The record as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, found: dict) -> "Graded":
        """The record that `to_dict` gave; ValueError for anything else.

        >>> Graded.from_dict(Graded("ada", answers=(Answer("bump", 1.0, 2.0, "not yet right"),)).to_dict()).of
        2.0
        """
        try:
            answers = tuple(
                _made(Answer, {**one, "rows": tuple(_made(Row, row) for row in one["rows"])})
                for one in found["answers"]
            )
            overrides = tuple(_made(Override, one) for one in found.get("overrides", ()))
            return _made(cls, {**found, "answers": answers, "overrides": overrides})
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"not a line of results.jsonl: {error}") from error


def _made(kind, found):
    known = {field.name for field in fields(kind)}
    if unknown := set(found) - known:
        raise ValueError(f"not a line of results.jsonl: unknown field {sorted(unknown)[0]!r}")
    return kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in found.items()})
