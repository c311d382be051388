"""The question `sgd_step`: one step of gradient descent, in the arrays themselves."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, custom, unchanged, values
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex06_training import sgd_step_mistakes
from mlpkit.questions.ex06_training.common import SameFacts, same_facts

ONE_STEP = Tolerance(1e-10, 1e-12, "one product and one difference: only the last digit can differ")


def sgd_step(params, grads, lr):
    """One step of gradient descent: every parameter moves by −lr times its gradient.

    params: list of arrays; grads: list of arrays of the same shapes, which stay as they are;
    lr the learning rate -> None.
    The arrays in params themselves get the new numbers: the network holds the very same arrays.
    """
    for p, g in zip(params, grads, strict=True):
        p -= lr * g


def step_into_slices(params, grads, lr):
    """New numbers, written into the old array."""
    for i in range(len(params)):
        params[i][...] = params[i] - lr * grads[i]


def step_by_ufunc(params, grads, lr):
    """Subtract with an output."""
    for i, p in enumerate(params):
        np.subtract(p, lr * np.asarray(grads[i]), out=p)


def step_entry_by_entry(params, grads, lr):
    """Every number by itself."""
    for p, g in zip(params, grads):  # noqa: B905
        for at in np.ndindex(p.shape):
            p[at] -= lr * g[at]


def step_on_flat_views(params, grads, lr):
    """Through flat iterators; adding what is negative."""
    for k in range(len(params) - 1, -1, -1):
        params[k].flat = params[k].ravel() + (-lr) * grads[k].ravel()


def step_added(params, grads, lr):
    """In two movements, each in place."""
    for param, grad in zip(params, [lr * g for g in grads], strict=True):
        param += -grad


def arguments(*shapes, lr):
    """Parameters of these shapes and gradients between 0.3 and 3 in size, so that nothing is hidden."""

    def make(r):
        params = [r.uniform(0.5, 2, shape) * r.choice([-1, 1], shape) for shape in shapes]
        grads = [r.uniform(0.3, 3, shape) * r.choice([-1, 1], shape) for shape in shapes]
        for g in grads:
            g.flat[:2] = r.uniform(1.5, 3), -r.uniform(0.3, 0.8)  # both signs, beyond 1 and below
        return Built("ex06.watched", {"arrays": params}), grads, lr

    return make


_ARRAYS = values(2, ONE_STEP, part=0).compare
_ENTRIES = SameFacts({"kept": ("the same arrays in the list", "other arrays in the list")})


def _in_place(got, wanted):
    return _ARRAYS(got, wanted) or _ENTRIES(got, wanted)


NETWORK = ((3, 4), (4,), (4, 2), (2,))

QUESTION = Question(
    sgd_step,
    "params",
    probes=(
        Probe("network", arguments(*NETWORK, lr=0.1), "weights and biases of two layers", "ex06.stepped"),
        Probe("square", arguments((3, 3), (3,), lr=0.25), "a square W and its bias", "ex06.stepped"),
        Probe("large", arguments((2, 5), (5,), (5, 1), lr=3.0), "a learning rate of 3", "ex06.stepped"),
        Probe("single", arguments((6,), lr=0.01), "a single array", "ex06.stepped"),
    ),
    properties=(
        values(
            2,
            ONE_STEP,
            name="new numbers",
            advice="Take one weight 1, one gradient 2 and the learning rate 0.1, and do the step on paper.",
            part=1,
        ),
        custom(
            "in place",
            2,
            _in_place,
            advice="The arrays that you were given must hold the new numbers, not others that replace them.",
        ),
        same_facts(
            "returns None",
            1,
            {
                "returned": str,
                "looked": ("a step", "the parameters are not looked at"),
            },
            advice="What works in place returns nothing: so nobody takes it for a new list.",
        ),
        unchanged(1, advice="The gradients belong to somebody else, who may still want to plot them."),
    ),
    right=(step_into_slices, step_by_ufunc, step_entry_by_entry, step_on_flat_views, step_added),
    misconceptions=sgd_step_mistakes.MISCONCEPTIONS,
)
