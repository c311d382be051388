"""Submissions whose answers are equal more often than chance makes likely: a reason to look, no verdict.

Questions are so short that equal answers are normal. So for each pair of submissions two explanations are
compared, question by question: both wrote their answer by themselves (then they agree as often as the form
is common in this class), or a share of the answers is copied. The ratio of the two likelihoods has at most
the expectation 1 for independent authors; so by Markov's inequality a threshold of pairs / FALSE_PAIRS lets
through fewer than FALSE_PAIRS pairs on average in a class without copies. `form` is a hash of the code
without names and layout (`form_of`).
"""

import inspect
import textwrap
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from mlpkit.exercises.records import Question
from mlpkit.grading.forms import form_of
from mlpkit.grading.records import Graded

__all__ = ["Group", "form_of", "groups", "known_forms"]

FALSE_PAIRS = 0.1  # reported on average in a class of independent authors, at most
COPIED = (0.3, 0.6, 0.95)  # shares of the answers that a copy may have taken over; each is as likely
NODES = 5.0  # parts of the code for which two authors agree in one bit: short answers prove little
LONG, MORE, MOST = (
    60,
    15.0,
    8.0,
)  # each 15 parts above 60 make an equal answer half as likely, 8 times at most
SMALLEST = 10  # parts, below which an answer says nothing


@dataclass(frozen=True)
class Group:
    """Submissions that should be looked at side by side.

    `students` sorted; `questions`: where all of them have the same answer and it is no common one; `shared`:
    where any two of them have. `odds`: for the least improbable pair, how many times more likely its equal
    answers are if one is a copy.
    """

    students: tuple[str, ...]
    questions: tuple[str, ...]
    shared: tuple[str, ...]
    odds: float


def known_forms(question: Question) -> frozenset[str]:
    """The forms that are common: the empty stub's, and all solutions of the record, right and wrong."""
    known = [question.solution, *question.right, *(one.wrong for one in question.misconceptions)]
    found = {form_of(source, one.__name__)[0] for one in known if (source := _source(one))}
    head = f"def {question.name}{inspect.signature(question.solution)}:"
    stub = form_of(f"{head} raise NotImplementedError()", question.name)[0]
    return frozenset(found | {stub}) - {""}


def _source(function):
    try:
        return textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return ""


def groups(records: Iterable[Graded], common: Mapping[str, Collection[str]] | None = None) -> list[Group]:
    """The groups of submissions with improbably many equal answers, the most improbable first.

    `common`: for each question the forms that say nothing, such as `known_forms` and the empty stub's.
    """
    records = sorted(records, key=lambda record: record.student)
    questions = sorted({answer.question for record in records for answer in record.answers})
    if len(records) < 2 or not questions:
        return []
    codes, chance = _table(records, questions, common or {})
    odds = _odds(codes, chance)
    limit = np.log(len(records) * (len(records) - 1) / 2 / FALSE_PAIRS)
    pairs = [(int(i), int(j)) for i, j in zip(*np.nonzero(odds > limit), strict=True)]
    found = [_group(members, pairs, odds, codes, chance, records, questions) for members in _joined(pairs)]
    return sorted(found, key=lambda group: (-group.odds, group.students))


def _table(records, questions, common):
    """(codes, chance): the form of each answer as a number (-1: none) and how likely it is; 1: common.

    Submissions that are equal in all questions count once: thirty copies make no form a common one.
    """
    codes = np.full((len(records), len(questions)), -1)
    for k, question in enumerate(questions):
        forms = [_form_in(record, question)[0] for record in records]
        numbers = {form: i for i, form in enumerate(dict.fromkeys(filter(None, forms)))}
        codes[:, k] = [numbers.get(form, -1) for form in forms]
    chance = np.ones(codes.shape)
    distinct = np.unique(codes, axis=0)
    for k, question in enumerate(questions):
        written = distinct[:, k][distinct[:, k] >= 0]
        counts = np.bincount(written)
        for i, record in enumerate(records):
            form, size = _form_in(record, question)
            if form and form not in common.get(question, ()):
                chance[i, k] = _chance(max(2, counts[codes[i, k]]) / len(written), size)
    return codes, chance


def _form_in(record, question):
    answer = record.answer(question)
    return (answer.form, answer.size) if answer else ("", 0)


def _chance(share, size):
    """How likely another author writes the same, from its share in the class and its size."""
    if size < SMALLEST:
        return 1.0
    return min(1.0, max(share, 2.0 ** (-size / NODES)))


def _odds(codes, chance):
    """(n, n): the logarithm of how many times more likely a pair is with a copy, above the diagonal."""
    odds = np.full((len(codes), len(codes)), -np.inf)
    for i in range(len(codes) - 1):
        both = (codes[i] >= 0) & (codes[i + 1 :] >= 0)
        equal = both & (codes[i] == codes[i + 1 :])
        counts = (chance[i] < 1) | (chance[i + 1 :] < 1)
        each = []
        for copied in COPIED:
            agree = np.log((copied + (1 - copied) * chance[i]) / chance[i])
            each.append(np.where(equal, agree, np.where(both & counts, np.log1p(-copied), 0.0)).sum(axis=1))
        odds[i, i + 1 :] = np.logaddexp.reduce(each) - np.log(len(COPIED))
    return odds


def _joined(pairs):
    """The sets of numbers that these pairs join."""
    home: dict[int, set[int]] = {}
    for i, j in pairs:
        joined = home.get(i, {i}) | home.get(j, {j})
        home |= dict.fromkeys(joined, joined)
    return list({id(members): members for members in home.values()}.values())


def _group(members, pairs, odds, codes, chance, records, questions):
    rare = [(codes[i] >= 0) & (chance[i] < 1) for i in members]
    first = codes[min(members)]
    everywhere = np.all([r & (codes[i] == first) for r, i in zip(rare, members, strict=True)], axis=0)
    mine = [(i, j) for i, j in pairs if i in members]
    some = np.any([(codes[i] == codes[j]) & (codes[i] >= 0) & (chance[i] < 1) for i, j in mine], axis=0)
    least = min(odds[i, j] for i, j in mine)
    return Group(
        tuple(records[i].student for i in sorted(members)),
        tuple(q for q, yes in zip(questions, everywhere, strict=True) if yes),
        tuple(q for q, yes in zip(questions, some, strict=True) if yes),
        float(np.exp(min(least, 300.0))),
    )
