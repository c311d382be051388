"""A small computational graph: numbers that remember how they were computed, for the walk through backprop.

>>> x, w, b = Value(2.0, "x"), Value(-3.0, "w"), Value(1.0, "b")
>>> J = ((w * x + b) ** 2).named("J")
>>> J.backward()
>>> J.value, x.grad, w.grad, b.grad
(25.0, 30.0, -20.0, -10.0)
>>> print(J.trace())
forward
  w = -3
  x = 2
  v1 = w * x = -6
  b = 1
  v2 = v1 + b = -5
  J = v2 ** 2 = 25
backward, from dJ/dJ = 1
  J = v2 ** 2:  dJ/dv2 = 1 · (-10) = -10
  v2 = v1 + b:  dJ/dv1 = (-10) · 1 = -10,  dJ/db = (-10) · 1 = -10
  v1 = w * x:  dJ/dw = (-10) · 2 = -20,  dJ/dx = (-10) · (-3) = 30
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from numbers import Real
from typing import Any


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
        """Fill `grad` of every node under this one, J, with dJ/dnode: the chain rule from J to the leaves.

        A node's grad is complete when its turn comes, because all nodes that use it stand after it in
        topological order. Each call starts from 0.
        """
        order = topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0  # dJ/dJ
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += (
                    node.grad * local
                )  # dJ/dparent = sum over its users of dJ/duser · duser/dparent

    def trace(self) -> str:
        """The forward pass and the backward sweep step by step, as text; no node is changed.

        Nodes without a name are called v1, v2, …; leaves without a name are constants and get no derivative.
        """
        order = topological_order(self)
        names = _names(order)
        lines = ["forward"]
        for node in order:
            if node.parents or node.name:
                steps = [names[node], *([_expression(node, names)] if node.op else []), f"{node.value:.6g}"]
                lines.append("  " + " = ".join(steps))
        J, grads = names[self], dict.fromkeys(order, 0.0)
        grads[self] = 1.0
        lines.append(f"backward, from d{J}/d{J} = 1")
        started = set()
        for node in reversed(order):
            steps = []
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                before = f"{grads[parent]:.6g} + " if parent in started else ""
                grads[parent] += grads[node] * local
                started.add(parent)
                product = f"{_factor(grads[node])} · {_factor(local)}"
                if parent.parents or parent.name:
                    steps.append(f"d{J}/d{names[parent]} = {before}{product} = {grads[parent]:.6g}")
            if steps:
                lines.append(f"  {names[node]} = {_expression(node, names)}:  {',  '.join(steps)}")
        return "\n".join(lines)

    def __repr__(self):
        return f"Value({self.value:g}{f', {self.name!r}' if self.name else ''})"


def topological_order(node: Value) -> list[Value]:
    """All nodes that `node` is computed from, each once and after its parents; `node` is the last.

    Depth first with a stack of its own: recursion would end at Python's limit of about 1000 nodes in a chain.

    >>> a = Value(1.0, "a")
    >>> topological_order(-a + a)
    [Value(1, 'a'), Value(-1), Value(0)]
    """
    order, seen = [], {node}
    stack = [(node, iter(node.parents))]
    while stack:
        current, parents = stack[-1]
        parent = next((parent for parent in parents if parent not in seen), None)
        if parent is None:  # all its parents are in the order
            order.append(current)
            stack.pop()
        else:
            seen.add(parent)
            stack.append((parent, iter(parent.parents)))
    return order


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


def _names(order: list[Value]) -> dict[Value, str]:
    """What to call each node: its name (numbered if taken), its number if it is a constant, or v1, v2, …"""
    names: dict[Value, str] = {}
    taken: dict[str, int] = {}
    for node in order:
        if not node.parents and not node.name:
            names[node] = _factor(node.value)
            continue
        stem = node.name or "v"
        taken[stem] = taken.get(stem, 0) + 1
        names[node] = stem if node.name and taken[stem] == 1 else f"{stem}{taken[stem]}"
    return names


def _expression(node: Value, names: dict[Value, str]) -> str:
    """How a node was computed, as in w * x, v1 ** 2, -x, exp(v3)."""
    first, *rest = [names[parent] for parent in node.parents]
    if node.op[0] in "+-*/" and rest:
        return f"{first} {node.op} {rest[0]}"
    if node.op.startswith("** "):
        return f"{first} {node.op}"
    return f"-{first}" if node.op == "-" else f"{node.op}({', '.join([first, *rest])})"


def _factor(number: float) -> str:
    """A number as it stands in a product."""
    return f"({number:.6g})" if number < 0 else f"{number:.6g}"
