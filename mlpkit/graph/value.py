"""The node of a computational graph, and the operations between nodes with their local gradients."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from numbers import Real
from typing import Any

from mlpkit.graph.listing import trace
from mlpkit.graph.sweep import gradients


class Value:
    """One node: a number, the nodes it was computed from, and its derivative by each of them.

    value          the number, a float
    grad           dJ/dvalue after J.backward(), 0 before
    parents        the nodes it was computed from, () for a leaf; a node used twice stands there twice
    local_grads    dvalue/dparent, one for each parent
    op, name       the operation, "" for a leaf; a name for the listing, or ""

    Numbers in a formula become leaves without a name.

    >>> a = Value(3.0, "a")
    >>> (a * a).parents, (a * a).local_grads
    ((Value(3, 'a'), Value(3, 'a')), (3.0, 3.0))
    """

    __slots__ = ("grad", "local_grads", "name", "op", "parents", "value")
    __array_ufunc__ = None  # NumPy's numbers leave +, -, *, / and ** to this class

    def __init__(
        self,
        value: Any,
        name: str = "",
        *,
        parents: Sequence[Value] = (),
        local_grads: Sequence[float] = (),
        op: str = "",
    ):
        if isinstance(value, bool) or not isinstance(value, Real):
            raise TypeError(f"Value expects one real number; got {value!r}")
        if len(parents) != len(local_grads):
            sizes = f"{len(local_grads)} for {len(parents)}"
            raise ValueError(f"Value expects one local gradient for each parent; got {sizes}")
        self.value, self.grad = float(value), 0.0
        self.parents, self.local_grads = tuple(parents), tuple(local_grads)
        self.op, self.name = op, name

    def named(self, name: str) -> Value:
        """The node itself, with a name."""
        self.name = name
        return self

    def __add__(self, other):
        return _node("+", lambda a, b: (a + b, 1.0, 1.0), self, other)

    def __sub__(self, other):
        return _node("-", lambda a, b: (a - b, 1.0, -1.0), self, other)

    def __mul__(self, other):
        return _node("*", lambda a, b: (a * b, b, a), self, other)

    def __truediv__(self, other):
        return _node("/", lambda a, b: (a / b, 1 / b, -(a / b) / b), self, other)

    def __pow__(self, other):
        """aⁿ for a number n; aᵇ for a node b, whose slope aᵇ log a exists for a > 0 only."""
        if isinstance(other, Value):
            return _node(
                "**",
                lambda a, b: (math.pow(a, b), b * math.pow(a, b - 1), math.pow(a, b) * math.log(a)),
                self,
                other,
            )
        n = Value(other).value
        return _node(f"** {n:g}", lambda a: (math.pow(a, n), n and n * math.pow(a, n - 1)), self)

    def __neg__(self):
        return _node("-", lambda a: (-a, -1.0), self)

    def __radd__(self, other):
        return Value(other) + self

    def __rsub__(self, other):
        return Value(other) - self

    def __rmul__(self, other):
        return Value(other) * self

    def __rtruediv__(self, other):
        return Value(other) / self

    def __rpow__(self, other):
        return Value(other) ** self

    def backward(self) -> None:
        """Fill `grad` of every node under this one, J, with dJ/dnode. Each call starts from 0."""
        for node, grad in gradients(self).items():
            node.grad = grad

    def trace(self) -> str:
        """The forward pass and the reverse sweep step by step, as text; no node is changed.

        Nodes without a name are called v1, v2, …; leaves without a name are constants and get no derivative.
        """
        return trace(self)

    def __repr__(self):
        return f"Value({self.value:g}{f', {self.name!r}' if self.name else ''})"


def exp(x) -> Value:
    """e^x; its derivative is the result itself.

    >>> exp(0.0)
    Value(1)
    """
    return _node("exp", lambda a: (e := math.exp(a), e), x)


def log(x) -> Value:
    """The natural logarithm, x > 0; log′(x) = 1/x."""
    return _node("log", lambda a: (math.log(a), 1 / a), x)


def tanh(x) -> Value:
    """tanh(x); tanh′ = 4e/(1 + e)² with e = e^-2|x|, which is 1 - tanh² without its cancellation."""
    return _node("tanh", lambda a: (math.tanh(a), 4 * _bell(2 * a)), x)


def sigmoid(x) -> Value:
    """σ(x) = 1/(1 + e^-x); σ′ = σ(1 - σ) = e/(1 + e)² with e = e^-|x|.

    >>> sigmoid(Value(0.0)).local_grads
    (0.25,)
    """
    return _node("sigmoid", lambda a: (math.exp(min(a, 0)) / (1 + math.exp(-abs(a))), _bell(a)), x)


def _bell(a: float) -> float:
    """σ′(a)."""
    e = math.exp(-abs(a))
    return e / (1 + e) ** 2


def relu(x) -> Value:
    """max(0, x); relu′(0) = 0, as everywhere in this course."""
    return _node("relu", lambda a: (max(a, 0.0), float(a > 0)), x)


def maximum(x, y) -> Value:
    """The larger of two; it alone gets the gradient. Of two equal ones the first: maximum(0, x) is relu(x).

    >>> maximum(Value(2.0), Value(3.0)).local_grads
    (0.0, 1.0)
    """
    return _node("maximum", lambda a, b: (b, 0.0, 1.0) if b > a else (a, 1.0, 0.0), x, y)


def _node(op: str, f: Callable[..., tuple[float, ...]], *operands: Any) -> Value:
    """The node of f(operands) -> value, local gradients."""
    parents = [x if isinstance(x, Value) else Value(x) for x in operands]
    numbers = [parent.value for parent in parents]
    try:
        value, *local_grads = f(*numbers)
    except (ArithmeticError, ValueError) as error:  # 1/0, log(0), exp(1000)
        got = ", ".join(f"{number:g}" for number in numbers)
        raise ValueError(f"{op} has no finite value and slope at {got}: {error}") from error
    return Value(value, parents=parents, local_grads=local_grads, op=op)
