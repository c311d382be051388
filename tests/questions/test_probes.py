"""The probes of the elementwise questions ask for numbers of every size, sign, type and layout in memory.

A solution that is right for some numbers only loses points under every seed: cut off beyond 3, 10 or 30,
stored in the type of its argument or of its first result, or blind to gaps in memory.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from seeds import seeds

from mlpkit.exercises.diagnosis.known import given, lost
from mlpkit.exercises.registry import question
from mlpkit.exercises.sandboxed.run import observations

pytestmark = pytest.mark.slow  # every right solution of nine questions, cut off in many ways

SEEDS = seeds(5)
LIMITS = (3.0, 10.0, 30.0)
FAR = 2000.0


def same(z):
    return z


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))


def logit(a):
    with np.errstate(divide="ignore"):
        return np.log(a) - np.log1p(-a)


@dataclass(frozen=True)
class Argument:
    """An argument that a question works on entry by entry: its place, and the number z behind it."""

    question: str
    place: int = 0
    of_z: Callable = same
    z_of: Callable = same

    @property
    def asked(self):
        return question(self.question)

    def put(self, arguments, value):
        return (*arguments[: self.place], value, *arguments[self.place + 1 :])


ARGUMENTS = [
    *map(Argument, ("sigmoid", "swish_derivative", "elu_derivative", "gelu", "relu_backward")),
    Argument("relu_backward", 1),
    Argument("sigmoid_backward", 0, sigmoid, logit),
    Argument("sigmoid_backward", 1),
]
WITH_WHOLE_NUMBERS = [
    *(one for one in ARGUMENTS if one not in (Argument("relu_backward", 1), ARGUMENTS[-2])),
    *map(Argument, ("pre_activation", "augmented_pre_activation", "neuron")),
]
WITH_GAPS = [*ARGUMENTS, *map(Argument, ("pre_activation", "augmented_pre_activation", "neuron"))]


def solutions(arguments):
    cases = [(one, f) for one in arguments for f in (one.asked.solution, *one.asked.right)]
    return pytest.mark.parametrize(
        ("argument", "function"),
        cases,
        ids=[f"{f.__name__}-{one.asked.parameters[one.place]}" for one, f in cases],
    )


def losses(argument, function, seed):
    """The names of the properties that a function loses."""
    asked = argument.asked
    return lost(asked, observations(function, asked.calls(seed)), seed)


def nothing(argument, function, arguments, z):
    return np.zeros(np.shape(z))


def value_at_the_limit(argument, function, arguments, z):
    return function(*argument.put(arguments, argument.of_z(z)))


def other_side(argument, function, arguments, z):
    return function(*argument.put(arguments, argument.of_z(-z)))


def cut_off(argument, function, low, high, instead):
    """The function with something else where z < low or z > high."""

    def wrong(*arguments):
        z = argument.z_of(np.array(arguments[argument.place], dtype=float))
        right = np.asarray(function(*arguments), dtype=float)
        inside = np.clip(z, low, high)
        other = instead(argument, function, arguments, inside if instead is value_at_the_limit else z)
        return np.where(inside == z, right, other)

    return wrong


def differs(argument, low, high, instead):
    """Whether the solution, cut off, differs beyond the tolerance for arguments as in the probes."""
    solution = argument.asked.solution
    wrong = cut_off(argument, solution, low, high, instead)
    size = np.geomspace(LIMITS[0], FAR, 60)[:, None]
    value = argument.of_z(np.concatenate([-size, size]))
    for numbers in {tuple(n if np.ndim(n) == 0 else 0.5 for n in few) for few in _others(argument)}:
        asked = argument.put([np.full_like(value, n) if n == 0.5 else n for n in numbers], value)
        one, other = solution(*asked), wrong(*asked)
        if np.any(np.abs(one - other) > 1e-11 + 1e-10 * np.abs(one)):
            return True
    return False


def _others(argument):
    """The arguments of every probe, with 0 in this one's place."""
    return [argument.put(arguments, 0.0) for arguments in given(argument.asked, 0)]


@solutions(ARGUMENTS)
def test_a_solution_that_is_cut_off_far_out_loses_points_under_every_seed(argument, function):
    tried = 0
    for limit in LIMITS:
        for low, high in ((-limit, np.inf), (-np.inf, limit), (-limit, limit)):
            for instead in (nothing, value_at_the_limit, other_side):
                if not differs(argument, low, high, instead):
                    continue
                tried += 1
                wrong = cut_off(argument, function, low, high, instead)
                for seed in SEEDS:
                    assert losses(argument, wrong, seed), f"{low} to {high}, {instead.__name__}, seed {seed}"
    assert tried >= 9


@solutions(ARGUMENTS)
def test_a_solution_that_is_cut_off_nowhere_loses_none(argument, function):
    for seed in SEEDS:
        assert not losses(argument, cut_off(argument, function, -np.inf, np.inf, nothing), seed)


@solutions(WITH_WHOLE_NUMBERS)
def test_results_in_the_type_of_the_argument_lose_points_for_whole_numbers_alone(argument, function):
    def wrong(*arguments):
        return np.asarray(function(*arguments)).astype(np.asarray(arguments[argument.place]).dtype)

    for seed in SEEDS:
        assert losses(argument, wrong, seed) == {"whole numbers"}


@solutions(WITH_GAPS)
def test_a_solution_that_takes_every_array_for_contiguous_loses_points(argument, function):
    def wrong(*arguments):
        array = arguments[argument.place]
        steps = np.empty(array.shape, array.dtype).strides
        return function(*argument.put(arguments, np.lib.stride_tricks.as_strided(array, array.shape, steps)))

    for seed in SEEDS:
        assert losses(argument, wrong, seed)


FIRST = [(one, sign) for one in ARGUMENTS[:4] for sign in (-1, 1)] + [(ARGUMENTS[4], -1)]


@pytest.mark.parametrize(("argument", "sign"), FIRST, ids=lambda x: getattr(x, "question", x))
def test_results_in_the_type_of_a_whole_first_one_lose_points_whichever_sign_comes_first(argument, sign):
    """As np.vectorize does without otypes, where one branch returns 0 or 1."""
    solution = argument.asked.solution

    def wrong(*arguments):
        result = np.asarray(solution(*arguments), dtype=float)
        first = np.ravel(arguments[argument.place])[0]
        return np.trunc(result) if sign * first > 0 and float(result.flat[0]).is_integer() else result

    for seed in SEEDS:
        assert losses(argument, wrong, seed)
