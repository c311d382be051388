"""A computational graph as text: the forward pass line by line, then the backward sweep."""

from __future__ import annotations

from mlpkit.graph.value import Value, topological_order


def trace(J: Value) -> str:
    """What `J.trace()` returns."""
    order = topological_order(J)
    names = names_of(order)
    lines = ["forward"]
    for node in order:
        if node.parents or node.name:
            steps = [names[node], *([expression(node, names)] if node.op else []), f"{node.value:.6g}"]
            lines.append("  " + " = ".join(steps))
    top, grads = names[J], dict.fromkeys(order, 0.0)
    grads[J] = 1.0
    lines.append(f"backward, from d{top}/d{top} = 1")
    started = set()
    for node in reversed(order):
        steps = []
        for parent, local in zip(node.parents, node.local_grads, strict=True):
            before = f"{grads[parent]:.6g} + " if parent in started else ""
            grads[parent] += grads[node] * local
            started.add(parent)
            product = f"{factor(grads[node])} · {factor(local)}"
            if parent.parents or parent.name:
                steps.append(f"d{top}/d{names[parent]} = {before}{product} = {grads[parent]:.6g}")
        if steps:
            lines.append(f"  {names[node]} = {expression(node, names)}:  {',  '.join(steps)}")
    return "\n".join(lines)


def names_of(order: list[Value]) -> dict[Value, str]:
    """What to call each node: its name (numbered if taken), its number if it is a constant, or v1, v2, …"""
    names: dict[Value, str] = {}
    taken: dict[str, int] = {}
    for node in order:
        if not node.parents and not node.name:
            names[node] = factor(node.value)
            continue
        stem = node.name or "v"
        taken[stem] = taken.get(stem, 0) + 1
        names[node] = stem if node.name and taken[stem] == 1 else f"{stem}{taken[stem]}"
    return names


def expression(node: Value, names: dict[Value, str]) -> str:
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
