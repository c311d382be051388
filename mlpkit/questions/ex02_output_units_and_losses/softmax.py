"""softmax(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex02_output_units_and_losses import softmax_mistakes as wrong
from mlpkit.questions.ex02_output_units_and_losses.common import (
    EXACT,
    EXTREME,
    HUGE,
    ORDINARY,
    deep,
    level,
    logits,
    spread,
    ties,
    unlikely,
    whole,
)


def softmax(Z):
    """softmax(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ for every row z of Z, without overflow for logits of ±1000.

    Z (N, K) logits, also integers, one example per row -> (N, K); every row sums to 1
    """
    shifted = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(shifted)
    return E / E.sum(axis=1, keepdims=True)


def softmax_row_by_row(Z):
    """One row after the other."""
    rows = []
    for z in Z:
        e = [np.exp(value - max(z)) for value in z]
        rows.append([value / sum(e) for value in e])
    return np.array(rows)


def softmax_by_differences(Z):
    """1 / Σⱼ e^(zⱼ − zᵢ): an overflow to inf is right here, and gives 0."""
    with np.errstate(over="ignore"):
        return 1 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(axis=2)


def softmax_from_its_logarithm(Z):
    """exp(z − logsumexp z), by logaddexp."""
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1)[:, np.newaxis])


def softmax_of_columns(Z):
    """Transposed, in place on an own copy."""
    T = np.array(Z.T, dtype=float)
    T -= T.max(axis=0)
    np.exp(T, out=T)
    T /= T.sum(axis=0)
    return T.T


def _with_gaps(r):
    return (Built("functions.strided", {"values": (r.normal(size=(2, 6)) / 2).round(3)}),)


PROBES = (
    Probe("wide", logits(5, 3), "Z is (5, 3)"),
    Probe("square", logits(4, 4), "Z is (4, 4)"),
    Probe("one", logits(1, 4), "Z is (1, 4)"),
    Probe("flat", _with_gaps, "Z is (2, 6), with gaps in memory"),
    Probe("whole", lambda r: (whole(r),), "integer logits"),
    Probe("unlikely", lambda r: (unlikely(r),), "one class is very improbable"),
    Probe("ties", lambda r: (ties(r),), "rows whose largest logit stands twice"),
    Probe("level", lambda r: (level(r),), "whole rows near 1000, −1000 and 0"),
    Probe("spread", lambda r: (spread(r),), "1000, −1000 and 0 in one row"),
    Probe("deep", lambda r: (deep(r),), "all logits near −1000"),
)


QUESTION = Question(
    softmax,
    "S",
    PROBES,
    properties=(
        shape(1),
        values(
            3, EXACT, on=(*ORDINARY, "ties"), advice="Take one row with two logits and compute it by hand."
        ),
        values(
            2,
            EXACT,
            on=EXTREME,
            name=HUGE,
            advice="Only differences of logits count. Which constant may you subtract from a row, so that no exponent is large?",
        ),
        unchanged(1),
    ),
    right=(softmax_row_by_row, softmax_by_differences, softmax_from_its_logarithm, softmax_of_columns),
    misconceptions=mistakes(wrong),
    further=(
        "Take a row of two logits, 0 and log 3: the softmax is ¼ and ¾. Then add 1000 to both: the same numbers should come.",
        "Three steps for each row: a shift that makes its largest logit 0, the exponentials, their sum. Print the shape after each step; each sum must stand beside its own row.",
    ),
)
