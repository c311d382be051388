"""What one activation function is: a name, g, g′, and all that a slide says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from mlpkit import _checks

Interval = tuple[float, float]
Parameters = _checks.Parameters


@dataclass(frozen=True, eq=False, repr=False)
class Activation:
    """One activation function; calling the record is calling g.

    Tables, plots, sliders, exercises and tests are made from these fields, so that a fact is written once:

    name, label          the key, and the name to print
    g, dg                g(z) and g′(z), elementwise on arrays of any shape, parameters bound
    formula, gradient    LaTeX of g(z) and of g′(z), without dollar signs
    range                (infimum, supremum) of g
    params               {name: (value, low, high)}; the value is the one bound in g and dg
    kinks                the points where g′ does not exist
    source               slide ids, then papers
    erratum              what the slides get wrong or leave out, "" if nothing
    shape                parameters -> (range, kinks), where these depend on them

    >>> from mlpkit.activations import ACTIVATIONS
    >>> leaky = ACTIVATIONS["leaky_relu"].with_params(alpha=0.2)
    >>> leaky([-1.0, 1.0]), leaky.dg(-1.0), leaky.range
    (array([-0.2,  1. ]), np.float64(0.2), (-inf, inf))
    """

    name: str
    g: Callable[..., Any]
    dg: Callable[..., Any]
    label: str
    formula: str
    gradient: str
    range: Interval
    params: Parameters = field(default_factory=dict)
    kinks: tuple[float, ...] = ()
    source: str = ""
    erratum: str = ""
    shape: Callable[..., tuple[Interval, tuple[float, ...]]] | None = None

    def __call__(self, z):
        """a = g(z)."""
        return self.g(z)

    @property
    def values(self) -> dict[str, float]:
        """{name: value} of the parameters bound in g and dg."""
        return {name: value for name, (value, _, _) in self.params.items()}

    def with_params(self, **params: float) -> Activation:
        """The same function with other parameters; each must lie in its range.

        >>> from mlpkit.activations import ACTIVATIONS
        >>> ACTIVATIONS["swish"].with_params(beta=2.0)
        Activation('swish', beta=2)
        >>> ACTIVATIONS["relu"].with_params(alpha=0.1)
        Traceback (most recent call last):
        ValueError: relu has no parameter alpha: it takes none
        """
        bound = _checks.with_values(self.name, self.params, params)
        values = {name: value for name, (value, _, _) in bound.items()}
        if not values:
            return self
        bounds, kinks = self.shape(**values) if self.shape else (self.range, self.kinks)
        return replace(
            self,
            g=partial(self.g, **values),
            dg=partial(self.dg, **values),
            params=bound,
            range=bounds,
            kinks=kinks,
        )

    def __repr__(self):
        return f"Activation({', '.join([repr(self.name)] + [f'{n}={v:g}' for n, v in self.values.items()])})"
