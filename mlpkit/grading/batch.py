"""A whole class: what has to be graded, what is known already, and where a run goes on."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from mlpkit.exercises.registry import exercise_set, homes, set_names
from mlpkit.grading.journal import Journal
from mlpkit.grading.judge import Settings, content_of
from mlpkit.grading.records import GRADED, Answer, Graded, Submission
from mlpkit.grading.versions import version_of
from mlpkit.grading.workers import Task, grade_here, grade_in_processes

Runner = Callable[[Settings, Iterable[Task]], Iterator[Graded]]


def sets_in(submissions: Iterable[Submission]) -> tuple[str, ...]:
    """The sets that this class was asked: by the names of the functions that the submissions define.

    A set counts when at least half of its functions are named in at least one submission of ten; else the set
    of which most functions are named anywhere.
    """
    asked = {name: [one.name for one in exercise_set(name).questions] for name in set_names()}
    known = {name: home for name, home in homes().items() if name in asked[home]}
    found, total, named = Counter(), 0, Counter()
    for submission in submissions:
        defined = {
            name for notebook in submission.notebooks for name in _defined(notebook.cells) if name in known
        }
        per_set = Counter(known[name] for name in defined)
        total += bool(defined)
        named.update(per_set)
        found.update(name for name, count in per_set.items() if 2 * count >= len(asked[name]))
    several = tuple(name for name in asked if found[name] >= max(1, total / 10))
    return several or tuple(name for name, _ in named.most_common(1))


DEFINITION = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)|^(\w+)[ \t]*=", re.M)


def _defined(cells):
    return {a or b for cell in cells for a, b in DEFINITION.findall(cell)}


def stale(
    known: Graded | None, submission: Submission, settings: Settings, force: Collection[str] = ()
) -> tuple[str, ...]:
    """The questions of a submission that have to be graded: all that changed since it was, and `force`."""
    same = (
        known is not None
        and known.status == GRADED
        and known.content == content_of(submission)
        and known.settings == settings.name
    )
    if not same or known is None:
        return settings.questions
    answers = {answer.question: answer for answer in known.answers}
    return tuple(n for n in settings.questions if n in force or not _is_fresh(answers.get(n), n))


def _is_fresh(answer: Answer | None, name):
    return answer is not None and answer.status != "not checked" and answer.version == version_of(name)


def joined(new: Graded, old: Graded | None, questions: tuple[str, ...]) -> Graded:
    """A new result with the answers that did not have to be graded again, in the order of `questions`."""
    if old is None or new.status != GRADED or old.content != new.content or old.settings != new.settings:
        return new
    graded = {answer.question for answer in new.answers}
    answers = {answer.question: answer for answer in (*old.answers, *new.answers)}
    kept = old.notes if graded < set(questions) else ()
    return replace(
        new,
        answers=tuple(answers[name] for name in questions if name in answers),
        notes=tuple(dict.fromkeys((*kept, *new.notes))),
    )


def run(
    submissions: list[Submission],
    settings: Settings,
    journal: Journal,
    workers: int = 1,
    force: Collection[str] = (),
    tell: Callable[[Graded], None] = lambda record: None,
    runner: Runner | None = None,
) -> list[Graded]:
    """Grade what has to be graded, keeping each result at once -> the results of all submissions.

    `force`: questions that are graded again although nothing changed. `tell` is called with every result as
    it comes. `runner` grades in place of this machine's processes.
    """
    known = dict(journal.known)
    found: dict[str, Graded] = {}
    tasks: list[Task] = []
    for submission in submissions:
        questions = stale(known.get(submission.student), submission, settings, force)
        if questions:
            tasks.append((submission, questions))
        else:
            old = known[submission.student]
            answers = tuple(one for name in settings.questions if (one := old.answer(name)) is not None)
            found[submission.student] = replace(
                old, name=submission.name, late=submission.late, answers=answers
            )
    if runner is None:
        here = workers == 1 or len(tasks) < 2
        runner = grade_here if here else lambda s, t: grade_in_processes(s, t, workers)
    for record in runner(settings, tasks):
        record = joined(record, known.get(record.student), settings.questions)
        journal.add(record)
        found[record.student] = record
        tell(record)
    return [found[submission.student] for submission in submissions]
