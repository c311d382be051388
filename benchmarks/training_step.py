"""One training step (forward, loss, backward, update), float32, one thread: mlpkit beside its peers."""

from _common import environment, interleaved, one_core, store, table  # isort: skip: sets the threads first

from itertools import pairwise

import numpy as np
from _peers import (
    batch,
    installed,
    jax_scan,
    jax_step,
    mlpkit_step,
    plain_numpy_step,
    sklearn_step,
    torch_step,
)

from mlpkit import MLP
from mlpkit.program import TrainingProgram

SCAN = 100
ROWS = [
    ([2, 16, 16, 1], "tanh", "bernoulli", 32, "sgd"),
    ([2, 32, 32, 2], "relu", "categorical", 64, "sgd"),
    ([2, 32, 32, 2], "relu", "categorical", 64, "adam"),
    ([784, 256, 128, 10], "relu", "categorical", 128, "sgd"),
    ([1024, 2048, 2048, 10], "relu", "categorical", 512, "sgd"),
]


def candidates(widths, activation, output, size, optimizer):
    """{name: step} of everything that is installed."""
    X, Y = batch(widths, output, size)
    given = (widths, activation, output, X, Y, optimizer, 1e-3)
    found = {"mlpkit": mlpkit_step(*given), "plain NumPy": plain_numpy_step(*given)}
    if installed("torch"):
        found["PyTorch eager"] = torch_step(*given)
    if installed("jax"):
        found["JAX jit"] = jax_step(*given)
        if widths[0] == 2:
            found["JAX scan"] = jax_scan(*given, steps=SCAN)
    if installed("sklearn") and widths[0] < 1000:
        found["scikit-learn"] = sklearn_step(*given)
    return found


def multiply_adds(widths, size):
    """Of one step: forward and dW for every layer, dJ/da for all but the first."""
    pairs = list(pairwise(widths))
    return size * (2 * sum((a + 1) * b for a, b in pairs) + sum(a * b for a, b in pairs[1:]))


def sgemm():
    """A product of the size that the largest row spends its time on, and its multiply-adds."""
    rng = np.random.default_rng(0)
    A, B = (rng.normal(size=shape).astype(np.float32) for shape in ((2048, 2048), (2048, 512)))
    out = np.empty((2048, 512), np.float32)
    return (lambda: np.dot(A, B, out)), 2048 * 2048 * 512


def products(widths, activation, output, size, optimizer):
    """The matrix products of mlpkit's step and nothing else: no step on this BLAS is faster."""
    net = MLP(widths, activation, output, rng=0)
    X, Y = batch(widths, output, size)
    program = TrainingProgram(net, size, optimizer)
    program.step(X, Y)
    calls = [given for f, given in program._tape.calls if f is np.dot and given[0].ndim == given[1].ndim == 2]

    def step():
        for left, right, out in calls:
            np.dot(left, right, out)

    return step


def main():
    """Measure row by row, print and store."""
    one_core()
    peers = ["products", "PyTorch eager", "JAX jit", "JAX scan", "scikit-learn", "plain NumPy"]
    rows, share = [], ""
    for widths, activation, output, size, optimizer in ROWS:
        steps = candidates(widths, activation, output, size, optimizer)
        large = widths[0] > 1000
        if widths[0] > 2:
            steps["products"] = products(widths, activation, output, size, optimizer)
        if large:
            steps["sgemm"], work = sgemm()
        times = interleaved(steps, rounds=7 if large else 25, seconds=0.3 if large else 0.05)
        if "JAX scan" in times:
            times["JAX scan"] /= SCAN
        if large:
            peak, ours = work / times.pop("sgemm"), multiply_adds(widths, size) / times["mlpkit"]
            share = f"The last row runs at {ours / peak:.0%} of sgemm's speed in the same run "
            share += f"({2e-9 * peak:.0f} Gflop/s). JAX scan is one compiled call for {SCAN} steps."
        name = f"{'-'.join(map(str, widths))} {activation}, batch {size}, {optimizer}"
        ours = times["mlpkit"]
        cells = [f"{1e6 * times[p]:,.0f} ({times[p] / ours:.1f}×)" if p in times else "–" for p in peers]
        rows.append([name, f"{1e6 * ours:,.1f}", *cells])
    text = "\n".join([
        environment(["torch", "jax", "scikit-learn"]), "",
        "Median µs of a step, and how many times mlpkit's (below 1× the peer is ahead). Products: the",
        "same matrix products and nothing else, the least that a step with this BLAS can take.", "",
        table(["", "mlpkit", *peers], rows), "", share,
    ])  # fmt: skip
    print(text)
    store("training_step", text)


if __name__ == "__main__":
    main()
