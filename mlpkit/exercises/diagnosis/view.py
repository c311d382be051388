"""One set of cases of one check, and other expectations to compare them with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from mlpkit.exercises.diagnosis.evaluation import evaluated
from mlpkit.exercises.diagnosis.inputs import Change, changes
from mlpkit.exercises.diagnosis.known import calls, given
from mlpkit.exercises.diagnosis.leaves import Leaf, agreeing, informative, leaves
from mlpkit.exercises.diagnosis.names import arrays_around, numbers_around
from mlpkit.exercises.diagnosis.outputs import Around
from mlpkit.exercises.diagnosis.slips import double_slips, slips
from mlpkit.exercises.mistakes import Misconception
from mlpkit.exercises.records import Question
from mlpkit.exercises.sandboxed.run import Call, Observation

SHORT = (
    0.5  # seconds for our own functions on changed arguments, which may ask for far more than a probe does
)
SHORTER = 0.05  # for a solution with a slip, whose loops may not end


@dataclass(frozen=True)
class View:
    """What came in these cases of a check: `found` holds it array by array, beside the right ones (`split`: leaves)."""

    question: Question
    seed: int
    seen: list[Observation]
    cases: list[int]
    found: list[Leaf]
    split: int = 0

    @cached_property
    def around(self) -> list[Around]:
        """What stands around each case of the question, by its number."""
        return surroundings(self.question, self.seed)

    @cached_property
    def telling(self) -> Leaf:
        """The smallest wrong array that says something: most wrong ideas fail on it at once."""
        wrong = [leaf for leaf in self.found if leaf.wrong] or self.found
        return min(wrong, key=lambda leaf: (informative([leaf]) < 2, leaf.right.size))

    def compared(self, value, case: int) -> list[Leaf] | None:
        """The arrays of one case beside another expectation, as plain data; None where their forms differ."""
        if value is None:
            return None
        other: list = [None] * len(self.seen)
        other[case] = Observation("", value)
        return leaves(self.seen, other, [case], self.split)

    def at_the_telling_place(self, value) -> Leaf | None:
        """The telling array beside another expectation."""
        found = self.compared(value, self.telling.case) or []
        return next((leaf for leaf in found if leaf.where == self.telling.where), None)

    def everywhere(self, function) -> list[Leaf] | None:
        """All arrays beside the results of `function(case) -> plain data or None`."""
        every = []
        for case in self.cases:
            found = self.compared(function(case), case)
            if found is None:
                return None
            every += found
        return every

    def explains(self, function, enough: int = 2) -> bool:
        """Whether `function(case)` gives what came in all cases, in `enough` finite numbers that are wrong."""
        found = self.everywhere(function)
        return bool(found) and not any(leaf.wrong for leaf in found) and agreeing(found, self.found) >= enough

    def changes(self) -> list[Change]:
        """What may be changed about the arguments."""
        return changes_of(self.question, self.seed)

    def on_changed(self, i: int, case: int):
        """What the solution gives where change number `i` was made."""
        return on_changed(self.question, self.seed, i, case)

    def with_earlier_argument(self, i: int, case: int):
        """What the solution gives when argument `i` is that of the first call in which it had this shape."""
        every = given(self.question, self.seed)
        mine = every[case][i] if i < len(every[case]) else None
        if not isinstance(mine, np.ndarray):
            return None
        first = next(one[i] for one in every if isinstance(one[i], np.ndarray) and one[i].shape == mine.shape)
        arguments = (*every[case][:i], first, *every[case][i + 1 :])
        call = replace(calls(self.question, self.seed)[case], arguments=arguments)
        return evaluated(self.question.solution, call, SHORT)

    def on_both_changed(self, i: int, k: int, case: int):
        """What the solution gives where two changes were made."""
        call = changed_call(self.question, self.seed, k, case)
        if call is None:
            return None
        arguments = self.changes()[i].made(call.arguments)
        if arguments is None:
            return None
        return evaluated(self.question.solution, replace(call, arguments=arguments), SHORT)

    def slipped(self, i: int, case: int):
        """What a right solution with slip number `i` gives."""
        return slipped(self.question, self.seed, i, case)

    def slipped_twice(self, i: int, case: int):
        """What the solution with the pair number `i` of slips gives."""
        return slipped_twice(self.question, self.seed, i, case)

    def mistakes(self) -> Iterator[tuple[int, Misconception]]:
        """The question's own, with the numbers that they have by default."""
        for i, known in enumerate(self.question.misconceptions):
            yield i, known.fitted({})

    def mistaken(self, i: int, case: int):
        """What misconception number `i` gives."""
        return mistaken_value(self.question, self.seed, i, case)

    def mistaken_on_changed(self, i: int, change: int, case: int):
        """What misconception number `i` gives where a change was made as well."""
        return mistaken_on_changed(self.question, self.seed, i, change, case)


@lru_cache(maxsize=64)
def surroundings(question, seed) -> list[Around]:
    """The sizes, numbers and arrays of every call."""
    every = given(question, seed)
    return [Around(numbers_around(question, one), arrays_around(question, one)) for one in every]


@lru_cache(maxsize=64)
def changes_of(question, seed) -> list[Change]:
    """The changes that the kinds of the arguments allow."""
    return changes(question.parameters, given(question, seed)[0])


@lru_cache(maxsize=8192)
def changed_call(question, seed, i, case) -> Call | None:
    """A call whose arguments were changed; None where that makes no sense."""
    call = calls(question, seed)[case]
    arguments = changes_of(question, seed)[i].made(given(question, seed)[case])
    return None if arguments is None else Call(call.probe, arguments, call.observer)


@lru_cache(maxsize=16384)
def on_changed(question, seed, i, case):
    """What the solution gives on a changed call."""
    call = changed_call(question, seed, i, case)
    return None if call is None else evaluated(question.solution, call, SHORT)


@lru_cache(maxsize=16384)
def mistaken_value(question, seed, i, case):
    """What a wrong solution gives, as plain data."""
    return evaluated(question.misconceptions[i].wrong, calls(question, seed)[case])


@lru_cache(maxsize=32768)
def mistaken_on_changed(question, seed, i, change, case):
    """What a wrong solution gives on a changed call."""
    call = changed_call(question, seed, change, case)
    return None if call is None else evaluated(question.misconceptions[i].wrong, call, SHORT)


@lru_cache(maxsize=32768)
def slipped(question, seed, i, case):
    """What a right solution with a slip gives."""
    return evaluated(slips(question)[i].function, calls(question, seed)[case], SHORTER)


@lru_cache(maxsize=32768)
def slipped_twice(question, seed, i, case):
    """What the solution with two slips gives."""
    return evaluated(double_slips(question)[i].function, calls(question, seed)[case], SHORTER)
