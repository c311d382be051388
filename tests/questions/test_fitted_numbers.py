"""Mistakes that differ by a number are told with that number, and cost the same under every seed."""

import numpy as np
import pytest
from seeds import seeds

from mlpkit.exercises.registry import question
from mlpkit.exercises.sandboxed.run import observations
from mlpkit.exercises.verdict import grade


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def added(eps):
    return {
        "log_softmax": lambda Z: np.log(softmax(Z) + eps),
        "cross_entropy": lambda Z, y: -np.log(softmax(Z)[np.arange(len(y)), y] + eps).mean(),
        "bce_from_logits": lambda z, y: (
            -(y * np.log(sigmoid(z) + eps) + (1 - y) * np.log(1 - sigmoid(z) + eps)).mean()
        ),
    }


@pytest.mark.parametrize("name", added(0))
@pytest.mark.parametrize("eps", [1e-3, 1e-7, 1e-8, 1e-9, 1e-10, 1e-14, 1e-20, 1e-30])
def test_a_number_of_any_size_in_a_logarithm_is_told_with_that_number(name, eps):
    asked, scores = question(name), set()
    for seed in seeds(3):
        result = grade(asked, observations(added(eps)[name], asked.calls(seed)), seed)
        assert f"{eps:g} " in result.mistake, f"seed {seed}\n{result}"
        scores.add(result.score)
    assert len(scores) == 1
