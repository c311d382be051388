"""Backpropagation against two independent methods, for every activation, output unit and depth from 1 to 6.

30 pairs of activation and output unit at 6 depths are 180 networks of random widths, and 60 more have a
random activation in each hidden layer. The complex step has no truncation error and is compared to 1e-12,
norm-wise for the whole gradient; central differences to 1e-8, and alone where a step has no complex
form. PyTorch, where it is installed, is compared to 1e-10 with its own derivatives.
"""

import numpy as np
import pytest
from batches import targets

from mlpkit.activations import ACTIVATIONS
from mlpkit.gradcheck import numeric_gradient
from mlpkit.gradcheck.measured import complex_steps
from mlpkit.network import MLP
from mlpkit.outputs import OUTPUT_UNITS

CASES = [
    (output, depth, [name] * depth)
    for output in OUTPUT_UNITS
    for depth in range(1, 7)
    for name in ACTIVATIONS
] + [
    (list(OUTPUT_UNITS)[seed % len(OUTPUT_UNITS)], seed % 6 + 1, None) for seed in range(60)
]  # fmt: skip


def random_network(seed):
    """A network, and a batch whose z keep clear of every kink, where g′ is a convention."""
    output, depth, names = CASES[seed]
    rng = np.random.default_rng(seed)
    names = names or [str(rng.choice(list(ACTIVATIONS))) for _ in range(depth)]
    widths = [int(n) for n in rng.integers(1, 6, depth + 2)]
    widths[-1] = max(2, widths[-1]) if output == "categorical" else widths[-1]
    while True:
        net = MLP(widths, names, output, rng=rng)
        net.parameters += 0.3 * rng.normal(size=net.parameters.size)
        X = rng.normal(size=(4, widths[0]))
        kinked = [Z for Z, layer in zip(net.forward(X).Z, net.layers, strict=True) if layer.activation.kinks]
        if all(np.abs(Z).min() > 1e-3 for Z in kinked):
            break
    return net, X, targets(output, rng, 4, widths[-1])


def gradient(net, X, Y):
    return np.concatenate([part.ravel() for pair in net.gradients(X, Y) for part in pair])


@pytest.mark.parametrize("seed", range(len(CASES)))
def test_the_gradient_agrees_with_the_complex_step_and_with_differences(seed):
    net, X, Y = random_network(seed)
    got = gradient(net, X, Y)
    theta = net.parameters.copy()

    def J(values):
        net.parameters = values
        return net.loss(X, Y)

    differences = numeric_gradient(J, theta)
    net.parameters = theta
    # A loss of size 1 is known to 2e-16; a difference divides that by h = 6e-6.
    assert np.linalg.norm(got - differences) <= 1e-8 * np.linalg.norm(got) + 4e-10
    exact, notes = complex_steps(net, X, Y)
    if any(layer.activation.name == "step" for layer in net.layers):
        assert notes == ["no complex form: step"]
    else:
        assert np.linalg.norm(got - exact) <= 1e-12 * np.linalg.norm(exact)


def test_the_gradients_are_those_of_pytorch():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed here: one test less")
    F = torch.nn.functional
    units = {
        "linear": lambda z: z,
        "step": lambda z: torch.heaviside(z.detach(), torch.tensor(0.5, dtype=z.dtype)),
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": F.relu,
        "softplus": lambda z: F.softplus(z, threshold=700),  # 20 by default: then softplus is z
        "leaky_relu": F.leaky_relu,
        "elu": F.elu,
        "swish": F.silu,
        "gelu": F.gelu,
    }
    losses = {
        "gaussian": lambda Z, Y: ((Z - Y) ** 2).sum() / (2 * len(Z)),
        "bernoulli": lambda Z, Y: (
            F.binary_cross_entropy_with_logits(Z, Y.to(Z.dtype), reduction="sum") / len(Z)
        ),
        "categorical": F.cross_entropy,
    }
    worst = 0.0
    for seed in range(len(CASES)):
        net, X, Y = random_network(seed)
        if net.output.name not in losses or not {la.activation.name for la in net.layers} <= units.keys():
            continue  # a record of one's own, which PyTorch need not have
        theirs = [[torch.tensor(v.copy(), requires_grad=True) for v in (la.W, la.b)] for la in net.layers]
        A = torch.tensor(X)
        for (W, b), layer in zip(theirs, net.layers, strict=True):
            A = units[layer.activation.name](A @ W + b)
        J = losses[net.output.name](A, torch.tensor(Y))
        J.backward()
        assert net.loss(X, Y) == pytest.approx(J.item(), rel=1e-12)
        flat = [np.zeros(v.shape) if v.grad is None else v.grad.numpy() for pair in theirs for v in pair]
        want = np.concatenate([part.ravel() for part in flat])
        worst = max(worst, np.linalg.norm(gradient(net, X, Y) - want) / np.linalg.norm(want))
    assert worst <= 1e-10
