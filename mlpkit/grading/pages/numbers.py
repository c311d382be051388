"""The numbers of a class: points, misconceptions, failures that nothing explains."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mlpkit.exercises.registry import question as record_of
from mlpkit.grading.records import GRADED, Answer, Graded
from mlpkit.grading.results.tables import points_of

BINS = 10  # classes of points where they are no small whole numbers


@dataclass(frozen=True)
class QuestionNumbers:
    """One question in a class: how many were graded, who passed, the mean of the points, how they spread.

    `counts` and `labels`: how many have how many points. `states`: how many answers have which status.
    """

    question: str
    graded: int
    passed: int
    mean: float
    of: float
    counts: tuple[int, ...]
    labels: tuple[str, ...]
    states: Counter


@dataclass(frozen=True)
class Cause:
    """What several students have in common at a question: in words, with a hint, and who they are.

    `id`: of the misconception, "" where nothing is known; `among`: how many were graded at this question.
    """

    question: str
    id: str
    text: str
    hint: str
    students: tuple[str, ...]
    among: int


def of_question(records: Iterable[Graded], name: str) -> QuestionNumbers:
    """The numbers of a question over the submissions in which it was graded."""
    pairs = [(points, answer) for record, answer, points in _graded(records, name)]
    of = max((answer.of for _, answer in pairs if answer), default=0.0) or record_of(name).points
    points = [mine for mine, _ in pairs]
    counts, labels = spread(points, of)
    mean = sum(points) / len(points) if points else 0.0
    passed = sum(mine >= of for mine in points)
    states = Counter(answer.status for _, answer in pairs if answer)
    return QuestionNumbers(name, len(points), passed, mean, of, counts, labels, states)


def spread(points: Sequence[float], of: float) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """How many have how many points: by whole numbers where all are, else in classes of equal width.

    >>> spread([0, 3, 3], 3)
    ((1, 0, 0, 2), ('0', '1', '2', '3'))
    """
    if of <= 12 and all(float(mine).is_integer() for mine in (*points, of)):
        counts = Counter(min(max(int(mine), 0), int(of)) for mine in points)
        return tuple(counts[i] for i in range(int(of) + 1)), tuple(map(str, range(int(of) + 1)))
    width = of / BINS or 1.0
    counts = Counter(min(max(int(mine / width + 1e-9), 0), BINS - 1) for mine in points)
    labels = tuple(f"{i * width:.3g} to {(i + 1) * width:.3g}" for i in range(BINS))
    return tuple(counts[i] for i in range(BINS)), labels


def _graded(records, name):
    """(record, answer or None, points) where the question was graded."""
    found = ((record, record.answer(name), points_of(record, name)) for record in records)
    return [(record, answer, mine) for record, answer, mine in found if mine is not None]


def misconceptions(records: Sequence[Graded], questions: Sequence[str]) -> list[Cause]:
    """Which mistakes how many students have, the most frequent first."""
    found = []
    for name in questions:
        graded = [(record, answer) for record, answer, _ in _graded(records, name) if answer]
        by_id: dict[str, list[tuple[Graded, Answer]]] = {}
        for record, answer in graded:
            if answer.misconception:
                by_id.setdefault(answer.misconception, []).append((record, answer))
        for id_, some in by_id.items():
            text, hint = _words(name, id_, [answer for _, answer in some])
            students = tuple(record.student for record, _ in some)
            found.append(Cause(name, id_, text, hint, students, len(graded)))
    return sorted(found, key=lambda cause: (-len(cause.students), cause.question, cause.id))


def _words(name, id_, answers):
    """The mistake's words and hint: from the question's record, or what most students were told.

    Where the words have numbers in them, which the diagnosis fitted, those of most students are shown.
    """
    known = next((one for one in record_of(name).misconceptions if one.id == id_), None)
    if known and not known.fits:
        return f"It looks as if {known.name}.", known.hint
    told = Counter((answer.explanation, answer.hint) for answer in answers if answer.explanation)
    if told:
        return min(told, key=lambda pair: (-told[pair], pair))
    known = known and known.fitted({})
    return (f"It looks as if {known.name}.", known.hint) if known else (id_, "")


def unexplained(records: Sequence[Graded], questions: Sequence[str]) -> list[Cause]:
    """Failures without a known mistake, by the properties that are missing, the most frequent first."""
    found = []
    for name in questions:
        graded = [(record, answer) for record, answer, _ in _graded(records, name) if answer]
        by_rows: dict[tuple[str, ...], list[tuple[Graded, Answer]]] = {}
        for record, answer in graded:
            if answer.status in ("not yet right", "stopped") and not answer.misconception:
                missing = tuple(row.name for row in answer.rows if row.points < row.of)
                missing = ("stopped at the time limit",) if answer.status == "stopped" else missing
                by_rows.setdefault(missing, []).append((record, answer))
        for missing, some in by_rows.items():
            told = Counter(answer.explanation for _, answer in some if answer.explanation)
            hint = min(told, key=lambda text: (-told[text], text)) if told else ""
            students = tuple(record.student for record, _ in some)
            found.append(Cause(name, "", ", ".join(missing) or "nothing named", hint, students, len(graded)))
    return sorted(found, key=lambda cause: (-len(cause.students), cause.question, cause.text))


def not_graded(records: Iterable[Graded]) -> list[Graded]:
    """The submissions that were not graded, sorted by student."""
    return sorted((one for one in records if one.status != GRADED), key=lambda one: one.student)
