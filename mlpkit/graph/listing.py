"""A computational graph as text: the forward pass line by line, then the reverse sweep."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from mlpkit.graph.sweep import reverse_sweep, topological_order


def trace(J: Any) -> str:
    """What `J.trace()` returns."""
    order = topological_order(J)
    names = node_names(order)
    lines = ["forward"]
    for node in order:
        if node.parents or node.name:
            steps = [names[node], *([expression(node, names)] if node.op else []), f"{node.value:.6g}"]
            lines.append("  " + " = ".join(steps))
    top = names[J]
    lines.append(f"backward, from d{top}/d{top} = 1")
    for node, steps in groupby(reverse_sweep(J), key=lambda step: step.node):
        derivatives = [
            f"d{top}/d{names[step.parent]} = {_sum(step)} = {step.after:.6g}"
            for step in steps
            if step.parent.parents or step.parent.name  # a constant gets no derivative
        ]
        if derivatives:
            lines.append(f"  {names[node]} = {expression(node, names)}:  {',  '.join(derivatives)}")
    return "\n".join(lines)


def _sum(step):
    """One step of the sweep in numbers: what was there, if anything, plus the product of the chain rule."""
    product = f"{factor(step.grad)} · {factor(step.local_grad)}"
    return product if step.before is None else f"{step.before:.6g} + {product}"


def node_names(order: Sequence[Any]) -> dict[Any, str]:
    """What to call each node: its name (numbered if taken), its number if it is a constant, or v1, v2, …"""
    names: dict[Any, str] = {}
    taken: dict[str, int] = {}
    for node in order:
        if not node.parents and not node.name:
            names[node] = factor(node.value)
            continue
        stem = node.name or "v"
        taken[stem] = taken.get(stem, 0) + 1
        names[node] = stem if node.name and taken[stem] == 1 else f"{stem}{taken[stem]}"
    return names


def expression(node: Any, names: dict[Any, str]) -> str:
    """How a node was computed, as in w * x, v1 ** 2, -x, exp(v3)."""
    first, *rest = [names[parent] for parent in node.parents]
    if node.op[0] in "+-*/" and rest:
        return f"{first} {node.op} {rest[0]}"
    if node.op.startswith("** "):
        return f"{first} {node.op}"
    return f"-{first}" if node.op == "-" else f"{node.op}({', '.join([first, *rest])})"


def factor(number: float) -> str:
    """A number as it stands in a product."""
    return f"({number:.6g})" if number < 0 else f"{number:.6g}"
