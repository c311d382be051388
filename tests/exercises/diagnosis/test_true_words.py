"""What is said of a result is no accident: few numbers, one sign, zeros and infinities prove nothing."""

import math

import numpy as np
import pytest

from mlpkit.exercises.diagnosis.names import listed, part_name
from mlpkit.exercises.registry import question
from mlpkit.exercises.sandboxed.run import observations
from mlpkit.exercises.verdict import grade


def graded(name, function, seed=0):
    asked = question(name)
    return grade(asked, observations(function, asked.calls(seed)), seed)


def sawtooth_units(k):
    return math.factorial(k)


def logarithms_of_base_two(Z):
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log2(np.exp(shifted).sum(axis=1, keepdims=True))


CHANCE = [
    ("shallow_units_needed", sawtooth_units, "two small numbers agree with a known mistake"),
    ("log_softmax", logarithms_of_base_two, "the error is as large as ordinary results"),
]


@pytest.mark.parametrize(("name", "function", "why"), CHANCE, ids=[why for *_, why in CHANCE])
@pytest.mark.parametrize("seed", range(3))
def test_what_agrees_by_chance_is_not_said(name, function, why, seed):
    result = graded(name, function, seed)
    assert not result.passed
    assert result.misconception is None
    assert result.relation is None, result.relation


def test_much_can_be_cut_down_to_0_and_1():
    def step(s, h, m):
        return (np.asarray(s) >= m) * 1.0

    said = str(graded("tower_gate", step).relation)
    assert "power of the share" not in said, said


def test_a_lost_sign_is_told_only_where_both_signs_are_seen():
    def downwards(w, b):
        return (-np.inf, -b / w[0]) if w[1] == 0 else (-w[0] / w[1], -b / w[1])

    said = str(graded("decision_boundary", downwards).relation)
    assert said == "On every input your intercept is right; your slope is not"


def test_an_array_of_whole_numbers_cuts_and_does_not_round():
    solve = question("log_softmax").solution

    def kept(Z):
        return solve(Z).astype(Z.dtype)

    assert "cut to whole numbers" in str(graded("log_softmax", kept).relation)


def test_a_pair_of_numbers_is_told_by_its_names():
    solve = question("decision_boundary").solution

    def steeper(w, b):
        slope, intercept = solve(w, b)
        return 3 * slope, intercept

    said = str(graded("decision_boundary", steeper).relation)
    assert "your slope is the right one times 3; your intercept is right" in said


def test_parts_that_are_right_are_told_where_nothing_explains_the_others():
    solve, rng = question("dense_backward").solution, np.random.default_rng(5)

    def noisy(X, W, G):
        dX, dW, db = solve(X, W, G)
        return dX + rng.normal(size=dX.shape), dW, db

    result = graded("dense_backward", noisy)
    assert str(result.relation) == "On every input your dW and your db are right; your dX is not"
    assert result.hint


def test_a_shape_that_is_wrong_besides_a_mistake_is_compared_with_the_one_that_is_asked_for():
    def first(X, w, b):
        return np.array([X[0] @ w + b])

    said = str(graded("pre_activation", first).relation)
    assert "the shape of your result is (1,) instead of (" in said
    assert "instead of ()" not in said


def test_the_shapes_of_a_network_are_told():
    solve = question("bump_network").solution

    def flat(f, n, w):
        W1, b1, W2, b2 = solve(f, n, w)
        return W1, b1, W2.ravel(), b2

    result = graded("bump_network", flat)
    assert result.misconception or "Shapes: (1, m), (m), (m), (1) instead of" in str(result.relation)


def test_where_the_rest_is_right_the_wrong_place_is_there_and_not_elsewhere():
    def to_the_last_but_one(Z):
        S = np.zeros(Z.shape)
        for n in range(len(Z) - 1):
            e = np.exp(Z[n] - Z[n].max())
            S[n] = e / e.sum()
        return S

    said = str(graded("softmax", to_the_last_but_one).relation)
    assert "with its last row set to 0" in said or "except in the last row; there it is 0" in said


def test_a_result_that_is_0_everywhere_is_called_so():
    said = str(graded("gelu", lambda z: 0.0 * np.asarray(z, dtype=float)).relation)
    assert said == "On every input your result is 0 everywhere"


def test_names_of_parts_make_a_sentence():
    many = [f"entry {i} of your result" for i in range(1, 8)]
    assert listed(["your curve", *many]) == "your curve and 7 entries of your result are"
    assert listed(["entry 2 of your list", "entry 3 of your list"]) == "entries 2 and 3 of your list are"
    assert part_name(question("sawtooth_network"), ".shapes[1]") == "entry 2 of your shapes"
    assert part_name(question("gaussian_nll"), ".J of a perfect answer") == "the J of a perfect answer"
