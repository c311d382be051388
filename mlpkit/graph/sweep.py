"""The order of a computational graph, and the chain rule through it in reverse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol, TypeVar


class Node(Protocol):
    """What a sweep needs to know of a node: the nodes it was computed from and dnode/dparent of each."""

    @property
    def parents(self) -> tuple[Any, ...]:
        """The nodes it was computed from, () for a leaf."""
        ...

    @property
    def local_grads(self) -> tuple[float, ...]:
        """dnode/dparent, one for each parent."""
        ...


AnyNode = TypeVar("AnyNode", bound=Node)


def topological_order(node: AnyNode) -> list[AnyNode]:
    """All nodes that `node` is computed from, each once and after its parents; `node` is the last.

    Depth first with a stack of its own: recursion would end at Python's limit of about 1000 nodes in a chain.

    >>> from mlpkit.graph import Value
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


class SweepStep(NamedTuple):
    """One edge of the reverse sweep: dJ/dparent = before + dJ/dnode · dnode/dparent.

    grad is dJ/dnode, complete; before is what dJ/dparent was, None where it is computed for the first time.
    """

    node: Any
    parent: Any
    grad: float
    local_grad: float
    before: float | None
    after: float


def reverse_sweep(J: Node, *, accumulate: bool = True) -> Iterator[SweepStep]:
    """Backpropagation edge by edge, from J to the leaves; dJ/dJ = 1. Changes no node.

    A node's derivative is complete when its turn comes, because all nodes that use it stand after it in
    topological order. With accumulate=False a node that is used more than once keeps only what its last edge
    brought: the usual mistake, to be shown.

    >>> from mlpkit.graph import Value
    >>> a = Value(3.0, "a")
    >>> [(step.parent.name, step.before, step.after) for step in reverse_sweep(a * a)]
    [('a', None, 3.0), ('a', 3.0, 6.0)]
    """
    grads: dict[Any, float] = {J: 1.0}  # dJ/dJ
    for node in reversed(topological_order(J)):
        grad = grads[node]
        for parent, local_grad in zip(node.parents, node.local_grads, strict=True):
            before = grads.get(parent) if accumulate else None
            after = (before or 0.0) + grad * local_grad  # dJ/dparent = sum over its users of
            grads[parent] = after  #                       dJ/duser · duser/dparent
            yield SweepStep(node, parent, grad, local_grad, before, after)


def gradients(J: AnyNode) -> dict[AnyNode, float]:
    """dJ/dnode for every node that J is computed from: the chain rule from J to the leaves. Changes no node.

    >>> from mlpkit.graph import Value
    >>> a = Value(3.0, "a")
    >>> gradients(a * a)[a]
    6.0
    """
    return {J: 1.0} | {step.parent: step.after for step in reverse_sweep(J)}
