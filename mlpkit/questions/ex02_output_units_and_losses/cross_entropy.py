"""J = −mean log softmax(z)_y, from logits and integer labels."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex02_output_units_and_losses import cross_entropy_mistakes as wrong
from mlpkit.questions.ex02_output_units_and_losses.common import (
    EXACT,
    EXTREME,
    HUGE,
    deep,
    labels,
    level,
    spread,
    unlikely,
    whole,
)
from mlpkit.questions.ex02_output_units_and_losses.log_softmax import log_softmax


def cross_entropy(Z, y):
    """J = −log softmax(z)_y, the mean over the batch; from logits (not probabilities), exact also at ±1000.

    Z (N, K) logits, one example per row; y (N,) integer labels 0 … K − 1, not one-hot rows -> a number
    """
    L = log_softmax(Z)
    return -np.mean(L[np.arange(len(y)), y])


def cross_entropy_in_loops(Z, y):
    """One example after the other."""
    total = 0.0
    for z, label in zip(Z, y, strict=True):
        top = max(z)
        total += top + np.log(sum(np.exp(value - top) for value in z)) - z[label]
    return total / len(Z)


def cross_entropy_with_one_hot(Z, y):
    """The slide's sum over the classes."""
    Y = np.eye(Z.shape[1])[y]
    D = Z - Z.max(axis=1, keepdims=True)
    L = D - np.log(np.exp(D).sum(axis=1, keepdims=True))
    return float(-(Y * L).sum() / Z.shape[0])


def cross_entropy_as_two_means(Z, y):
    """mean logsumexp − mean of the labels' logits."""
    right = np.take_along_axis(Z, y[:, None], axis=1)
    return np.logaddexp.reduce(Z, axis=1).mean() - right.mean()


def cross_entropy_of_differences(Z, y):
    """log Σⱼ e^(zⱼ − z_y)."""
    differences = Z - np.array([[z[k]] for z, k in zip(Z, y, strict=True)])
    return np.average(np.logaddexp.reduce(differences, axis=-1))


def _examples(n, k, names):
    return lambda r: (r.normal(size=(n, k)) * 2, labels(*names)(r))


def _certain(r):
    """One example whose label has the large logit, and one whose label has not."""
    Z, y, order = np.diag([1000.0, 998.0, 1002.0])[1:], np.array([1, 0]), r.permutation(2)
    return Z[order], y[order]


def _unlikely(r):
    Z = unlikely(r)
    return Z, Z.argmin(axis=1)


PROBES = (
    Probe("wide", _examples(5, 3, (0, 1, 2, 2, 1)), "Z is (5, 3)"),
    Probe("square", _examples(4, 4, (0, 1, 3, 3)), "Z is (4, 4)"),
    Probe("one", _examples(1, 4, (2,)), "Z is (1, 4)"),
    Probe("absent", _examples(3, 5, (0, 1, 3)), "Z is (3, 5), and no example has the last label"),
    Probe("whole", lambda r: (whole(r), labels(0, 2)(r)), "integer logits"),
    Probe("unlikely", _unlikely, "the label is very improbable"),
    Probe("level", lambda r: (level(r), labels(0, 2, 3)(r)), "whole rows near 1000, −1000 and 0"),
    Probe("spread", lambda r: (spread(r), labels(0, 1, 3)(r)), "1000, −1000 and 0 in one row"),
    Probe("deep", lambda r: (deep(r), labels(2, 0)(r)), "all logits near −1000"),
    Probe("certain", _certain, "one logit near 1000 in a row"),
)


ORDINARY = ("wide", "square", "one", "absent", "whole", "unlikely")


QUESTION = Question(
    cross_entropy,
    "J",
    PROBES,
    properties=(
        shape(1, advice="The mean over the batch is a single number."),
        values(
            3, EXACT, on=ORDINARY, advice="Two rows, two classes: compute both terms and their mean by hand."
        ),
        values(
            2,
            EXACT,
            on=(*EXTREME, "certain"),
            name=HUGE,
            advice="A certain mistake costs about 1000, not infinity. Can you do without a probability in between?",
        ),
        unchanged(1),
    ),
    right=(
        cross_entropy_in_loops,
        cross_entropy_with_one_hot,
        cross_entropy_as_two_means,
        cross_entropy_of_differences,
    ),
    misconceptions=mistakes(wrong),
    further=(
        "Take one example with the logits 0 and 1000 and label 0: the loss is 1000. Follow these two numbers through your lines, and look where they leave the range.",
        "The loss of one example is the logarithm of a sum of exponentials minus the label's logit. Which entry of each row does the label name, and how often do you divide?",
    ),
)
