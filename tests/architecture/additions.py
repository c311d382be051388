"""One addition of every kind, as the guides describe it: text for a copy of the repository."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Addition:
    """What is written into the copy, and the tests that must pass there without another edit.

    replaced    {file: [(old text, new text), …]}; each old text stands there once
    appended    {file: text at its end}
    tests       arguments of pytest: files, and -k to choose among their tests
    """

    replaced: dict[str, list[tuple[str, str]]]
    appended: dict[str, str]
    tests: tuple[str, ...]


ACTIVATION = Addition(
    replaced={
        "mlpkit/activations/__init__.py": [
            ("    linear_prime,\n    relu,\n", "    linear_prime,\n    mish,\n    mish_prime,\n    relu,\n"),
            (
                "ACTIVATIONS: dict",
                r"""MISH = Activation(
    "mish",
    mish,
    mish_prime,
    label="mish",
    formula=r"z \tanh(\ln(1 + e^{z}))",
    gradient=r"t + z\,\sigma(z)\,(1 - t^2),\ t = \tanh(\ln(1 + e^{z}))",
    range=(-0.3088434130172444, INF),
    source="Misra 2019, arXiv:1908.08681",
)

ACTIVATIONS: dict""",
            ),
            ("SWISH, GELU)", "SWISH, GELU, MISH)"),
        ]
    },
    appended={
        "mlpkit/activations/functions.py": '''

@elementwise
def mish(z):
    """z·tanh(softplus(z)) (Misra 2019).

    >>> mish([-1.0, 0.0, 1.0]).round(4)
    array([-0.3034,  0.    ,  0.8651])
    """
    return np.maximum(z, -np.finfo(float).max) * _mish_tanh(z)[0]


@elementwise
def mish_prime(z):
    """t + zσ(z)(1 - t²), t = tanh(softplus(z)).

    >>> mish_prime(0.0)
    np.float64(0.6)
    """
    t, rest = _mish_tanh(z)
    return t + np.clip(z, -1e4, 1e4) * sigmoid(z) * rest * (1 + t)


def _mish_tanh(z):
    """t = tanh(ln(1 + e^z)) = (u² - 1)/(u² + 1), u = 1 + e^z, and 1 - t, with e^-|z| alone."""
    e = _exp_minus_abs(z)
    right, left = 1 + 2 * e, e * (e + 2)
    t = np.where(z > 0, right / (right + 2 * e * e), left / (left + 2))
    return t, np.where(z > 0, 2 * e * e / (right + 2 * e * e), 2 / (left + 2))
'''
    },
    tests=(
        "tests/activations/test_activations.py",
        "tests/activations/test_table.py",
        "tests/test_layers.py",
        "tests/network/test_network.py",
        "tests/network/test_storage.py",
        "tests/program/test_surface.py",
        "mlpkit/activations/functions.py",
        "-k",
        "mish or deck or registry or menu or lines",
    ),
)

OUTPUT_UNIT = Addition(
    replaced={
        "mlpkit/outputs.py": [
            (
                "@dataclass(frozen=True, eq=False, repr=False)\nclass OutputUnit",
                '''def poisson_mean(Z):
    """ŷ = e^z: the mean of a Poisson distribution. Z (n, k) -> (n, k)."""
    with np.errstate(over="ignore", under="ignore"):
        return np.exp(_logits("poisson", Z))


def poisson_nll(Z, Y):
    """Σₖ e^z - yz, mean over the batch; log y! is left out. Z (n, k), Y (n, k), or (n,) when k = 1."""
    Z, Y = _pair("poisson", Z, Y, _one_column)
    return (poisson_mean(Z) - Y.reshape(Z.shape) * Z).sum().item() / len(Z)


def poisson_nll_grad(Z, Y):
    """dJ/dZ = (ŷ - y)/n, shaped like Z."""
    Z, Y = _pair("poisson", Z, Y, _one_column)
    return (poisson_mean(Z) - Y.reshape(Z.shape)) / len(Z)


@dataclass(frozen=True, eq=False, repr=False)
class OutputUnit''',
            ),
            (
                "    ),\n)\n\n\ndef output_unit(",
                r"""        OutputUnit(
            "poisson",
            "exponential unit, Poisson",
            poisson_mean,
            poisson_nll,
            poisson_nll_grad,
            mean_formula=r"\hat y = e^z",
            formula=r"e^z - y z",
            gradient=r"\hat y - y",
            targets="(n, k) counts",
            source="McCullagh and Nelder 1983",
        ),
    ),
)


def output_unit(""",
            ),
        ]
    },
    appended={},
    tests=(
        "tests/test_outputs.py",
        "tests/network/test_network.py",
        "tests/network/test_storage.py",
        "tests/program/test_program.py",
        "tests/program/test_surface.py",
        "tests/gradcheck/test_gradcheck.py",
        "tests/training/test_training.py",
        "-k",
        "poisson or registry",
    ),
)

LOSS = Addition(
    replaced={
        "mlpkit/losses.py": [
            (
                "LOSSES: dict",
                '''def half_squared_error(Y_hat, Y):
    """½Σₖ (yₖ - ŷₖ)², mean over the batch. Y_hat (n, k), Y (n, k), or (n,) when k = 1."""
    return squared_error(Y_hat, Y) / 2


def half_squared_error_grad(Y_hat, Y):
    """dJ/dŷ = (ŷ - y)/n, shaped like Y_hat (n, k)."""
    return squared_error_grad(Y_hat, Y) / 2


LOSSES: dict''',
            ),
            (
                "    ),\n)\n\n\ndef loss(",
                r"""        Loss(
            "half_squared_error",
            "half the squared error",
            half_squared_error,
            half_squared_error_grad,
            formula=r"\tfrac12 \sum_k (y_k - \hat y_k)^2",
            gradient_formula=r"\hat y_k - y_k",
            unit=OUTPUT_UNITS["gaussian"],
            ratio=1.0,
            source="Bishop 2006, section 1.1",
        ),
    ),
)


def loss(""",
            ),
        ]
    },
    appended={},
    tests=("tests/test_losses.py", "tests/lectures/test_fine_print.py", "mlpkit/losses.py"),
)

OPTIMIZER = Addition(
    replaced={
        "mlpkit/optimizers.py": [
            (
                "@dataclass(frozen=True, eq=False)\nclass Optimizer",
                '''def nesterov(theta, gradient, state: State, learning_rate, mu=0.9):
    """v ← μv + ∇J, θ ← θ - η(∇J + μv). In place; `state` keeps v."""
    v = state.setdefault("v", np.zeros_like(theta))
    v *= mu
    v += gradient
    theta -= learning_rate * (gradient + mu * v)


@dataclass(frozen=True, eq=False)
class Optimizer''',
            ),
            (
                "    ),\n)\n\n\ndef optimizer(",
                r"""        Optimizer(
            "nesterov",
            "Nesterov's momentum",
            nesterov,
            0.1,
            {"mu": (0.9, 0.0, 1.0)},
            formula=r"v \leftarrow \mu v + \nabla J,\quad \theta \leftarrow \theta - \eta(\nabla J + \mu v)",
            source="Y. Nesterov, A method of solving a convex programming problem, 1983",
        ),
    ),
)


def optimizer(""",
            ),
        ]
    },
    appended={},
    tests=(
        "tests/test_optimizers.py",
        "tests/training/test_divergence.py",
        "tests/program/test_program.py",
        "-k",
        "nesterov or bad_numbers",
    ),
)

INITIALIZER = Addition(
    replaced={
        "mlpkit/initializers.py": [
            (
                "INITIALIZERS: dict",
                '''def lecun(rng, n_in, n_out):
    """W ~ N(0, 1/n_in)."""
    return np.sqrt(1 / n_in) * rng.standard_normal((n_in, n_out))


INITIALIZERS: dict''',
            ),
            (
                "    ),\n)\n\n\ndef initializer(",
                r"""        Initializer(
            "lecun", lecun, "LeCun", r"W \sim \mathcal{N}(0, 1/n_{in})", source="LeCun et al. 1998"
        ),
    ),
)


def initializer(""",
            ),
        ]
    },
    appended={},
    tests=(
        "tests/test_initializers.py",
        "tests/network/test_network.py",
        "-k",
        "not derivative and not gradients",
    ),
)

DATASET = Addition(
    replaced={
        "mlpkit/datasets.py": [
            (
                "DATASETS: dict",
                '''def cross(rng, y):
    """The two diagonals of the square from -1 to 1, one for each class. (n,) -> (n, 2)."""
    t = rng.uniform(-1, 1, len(y))
    return np.stack([t, (1 - 2 * y) * t], axis=1)


DATASETS: dict''',
            ),
            (
                "    ),\n)\n\n\ndef dataset(",
                r"""        Dataset("cross", "diagonals", cross, 2, 2, (-1.0, 1.0), formula=r"(t, \pm t)"),
    ),
)


def dataset(""",
            ),
        ]
    },
    appended={},
    tests=("tests/test_datasets.py", "mlpkit/datasets.py"),
)

# A question and an explorable, described by their own guides, belong here as well.
ADDITIONS = {
    "activation": ACTIVATION,
    "output unit": OUTPUT_UNIT,
    "loss": LOSS,
    "optimizer": OPTIMIZER,
    "initializer": INITIALIZER,
    "data set": DATASET,
}
