r"""Weight initialization: what W and b are before the first step of training.

Every record draws W (n_in, n_out) from a generator and says what constant the biases start with. The rules
for Xavier and He keep the variance of the activations (and of the gradients) the same from layer to layer.

Imports: numpy, _checks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from mlpkit import _checks


@dataclass(frozen=True, eq=False)
class Initializer:
    """One rule; `rule(rng, n_in, n_out)` is W (n_in, n_out), `rule.bias` the constant in b.

    >>> INITIALIZERS["he"](np.random.default_rng(0), 2, 3).shape
    (2, 3)
    """

    name: str
    draw: Callable[..., np.ndarray]
    label: str
    formula: str
    params: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    bias: float = 0.0
    source: str = ""

    def __call__(self, rng: np.random.Generator, n_in: int, n_out: int) -> np.ndarray:
        """W (n_in, n_out), drawn with `rng`."""
        if not isinstance(rng, np.random.Generator):
            raise TypeError(
                f"{self.name} expects rng to be a numpy.random.Generator; got {_checks.shown(rng)}"
            )
        n_in, n_out = (
            _checks.integer(self.name, what, n, 1) for what, n in (("n_in", n_in), ("n_out", n_out))
        )
        return self.draw(rng, n_in, n_out)

    def with_params(self, **params: float) -> Initializer:
        """The same rule with other parameters.

        >>> INITIALIZERS["normal"].with_params(scale=2.0)
        Initializer('normal', scale=2)
        """
        bound = _checks.with_values(self.name, self.params, params)
        return replace(self, draw=partial(self.draw, **params), params=bound)

    def __repr__(self):
        values = [f"{name}={value:g}" for name, (value, _, _) in self.params.items()]
        return f"Initializer({', '.join([repr(self.name), *values])})"


def zeros(rng, n_in, n_out):
    """W = 0: all units of a layer stay equal, because they get equal gradients.

    >>> zeros(np.random.default_rng(0), 1, 2)
    array([[0., 0.]])
    """
    return np.zeros((n_in, n_out))


def normal(rng, n_in, n_out, scale=0.1):
    """W ~ N(0, scale²), whatever the widths; `scale` is the standard deviation.

    >>> normal(np.random.default_rng(0), 400, 500, scale=0.5).std().round(2)
    np.float64(0.5)
    """
    return scale * rng.standard_normal((n_in, n_out))


def xavier(rng, n_in, n_out):
    """W ~ U(-r, r), r = √(6/(n_in + n_out)), so that Var W = 2/(n_in + n_out): for tanh and sigmoid.

    >>> xavier(np.random.default_rng(0), 400, 600).std().round(4)  # √(2/1000) = 0.0447
    np.float64(0.0447)
    """
    r = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-r, r, (n_in, n_out))


def he(rng, n_in, n_out):
    """W ~ N(0, 2/n_in): for ReLU, which halves the mean square of its input.

    >>> he(np.random.default_rng(0), 500, 400).std().round(3)  # √(2/500) = 0.0632
    np.float64(0.063)
    """
    return np.sqrt(2 / n_in) * rng.standard_normal((n_in, n_out))


INITIALIZERS: dict[str, Initializer] = _checks.Registry(
    "initializer",
    (
        Initializer("zeros", zeros, "zeros", r"W = 0", source="slide relu"),
        Initializer(
            "normal", normal, "normal", r"W \sim \mathcal{N}(0, s^2)", params={"scale": (0.1, 0.0, 10.0)}
        ),
        Initializer(
            "xavier",
            xavier,
            "Xavier",
            r"W \sim \mathcal{U}(-r, r),\ r = \sqrt{6/(n_{in}+n_{out})}",
            source="Glorot and Bengio 2010",
        ),
        Initializer(
            "he",
            he,
            "He",
            r"W \sim \mathcal{N}(0, 2/n_{in})",
            source="He, Zhang, Ren and Sun 2015",
        ),
        Initializer(
            "he_bias",
            he,
            "He, biases 0.1",
            r"W \sim \mathcal{N}(0, 2/n_{in}),\ b = 0.1",
            bias=0.1,
            source="slide relu; He, Zhang, Ren and Sun 2015",
        ),
    ),
)


def initializer(name: str | Initializer, **params: float) -> Initializer:
    """The rule called `name` (or the rule itself), with its parameters set.

    >>> initializer("xaver")
    Traceback (most recent call last):
    ValueError: unknown initializer 'xaver'; did you mean 'xavier'?
    """
    rule = name if isinstance(name, Initializer) else _checks.look_up("initializer", name, INITIALIZERS)
    return rule.with_params(**params)
