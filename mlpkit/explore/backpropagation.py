"""Lecture 5: backpropagation step by step on a computational graph."""

import math

from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, TEXT_SIZE, figure
from mlpkit.figures.numbers import format_number
from mlpkit.graph import Value, reverse_sweep, tanh, topological_order
from mlpkit.stage import Stage, choice, slider, steps

RULES = {"accumulate: grad += …": True, "overwrite: grad = …": False}
SIGNS = {"*": "×", "-": "−", "** 2": "(·)²"}
NODE, PLAIN, ACTIVE = 25, 1.2, 3.5  # size of a node and widths of an edge, in points
PORT = 0.085  # edges of two operands end so far above and below the middle of their node
CHAIN_PLACES = {
    "w": (0, 1.090), "x": (0, 0.090), "wx": (1, 0.652), "b": (1, -0.348), "z": (2, 0.056),
    "a": (3, -0.090), "e": (4, -0.683), "J": (5, -0.683),
}  # fmt: skip
SHARED_PLACES = {
    "u": (2, 1.451), "w": (0, 0.587), "x": (0, -0.413), "z": (1, 0.185), "a": (2, 0.407),
    "ŷ₁": (3, 1.5), "e₁": (4, 0.723), "J₁": (5, 0.242),
    "v": (2, -0.593), "ŷ₂": (3, -0.5), "e₂": (4, -0.944), "J₂": (5, -0.758), "J": (6, -0.258),
}  # fmt: skip


def shared_graph(w):
    """J = (u a - 1)² + (v a + 1)² with a = tanh(w x): one hidden unit, two outputs that both use it."""
    x, w, u, v = Value(0.5, "x"), Value(w, "w"), Value(1.5, "u"), Value(-0.5, "v")
    a = tanh((w * x).named("z")).named("a")
    first, second = (u * a).named("ŷ₁"), (v * a).named("ŷ₂")
    e1, e2 = (first - 1).named("e₁"), (second + 1).named("e₂")
    return ((e1**2).named("J₁") + (e2**2).named("J₂")).named("J")


def chain_graph(w):
    """J = (tanh(wx + b) - 1)² at x = 0.5, b = -0.5: one neuron and its error, a chain."""
    x, w, b = Value(0.5, "x"), Value(w, "w"), Value(-0.5, "b")
    a = tanh(((w * x).named("wx") + b).named("z")).named("a")
    return ((a - 1).named("e") ** 2).named("J")


class Walk:
    """The forward operations of J, the edges of `graph.reverse_sweep`, and what is known after k of them."""

    def __init__(self, J):
        order = topological_order(J)
        self.J, self.leaves = J, [node for node in order if not node.parents]
        self.forward = [node for node in order if node.parents]
        self.sweeps = {
            accumulate: [step for step in reverse_sweep(J, accumulate=accumulate) if step.parent.name]
            for accumulate in (True, False)
        }
        self.length = len(self.forward) + 1 + len(self.sweeps[True])  # one step for dJ/dJ = 1

    def at(self, k, accumulate):
        """-> known nodes, {node: dJ/dnode so far}, the current node or edge or None, the step in words."""
        known = [*self.leaves, *self.forward[:k]]
        done = k - len(self.forward)
        if k == 0:
            return known, {}, None, "forward: the inputs and the weights are given"
        if done <= 0:
            node = known[-1]
            return known, {}, node, f"forward: {formula(node)} = {format_number(node.value)}"
        if done == 1:
            return known, {self.J: 1.0}, self.J, "backward: dJ/dJ = 1"
        steps_done = self.sweeps[accumulate][: done - 1]
        grads = {self.J: 1.0} | {step.parent: step.after for step in steps_done}
        last = steps_done[-1]
        return known, grads, (last.node, last.parent), f"backward: {chain_rule(last)}"


def chain_rule(step):
    """One edge of the reverse sweep, as in dJ/dw = dJ/dz · dz/dw = (2)·(0.5) = 1."""
    node, parent = step.node.name, step.parent.name
    equals, start = ("=", "") if step.before is None else (
        "= what was there +", f"{format_number(step.before)} + "
    )  # fmt: skip
    product = f"{start}({format_number(step.grad)})·({format_number(step.local_grad)})"
    return f"dJ/d{parent} {equals} dJ/d{node} · d{node}/d{parent} = {product} = {format_number(step.after)}"


def formula(node):
    """How a node is computed, as in z = w × x."""
    names = [parent.name or format_number(abs(parent.value)) for parent in node.parents]
    if len(names) == 2:
        return f"{node.name} = {names[0]} {SIGNS.get(node.op, node.op)} {names[1]}"
    return f"{node.name} = {names[0]}²" if node.op == "** 2" else f"{node.name} = {node.op} {names[0]}"


@explorable(
    slides=["neuron"],
    notice="backward, every edge multiplies by one easy number; a saturated unit multiplies by almost 0",
)
def chain_walk(step=12, w=2.0):
    """The chain rule edge by edge on one neuron: J = (a − 1)², a = tanh(wx + b)."""
    return _stage(chain_graph, CHAIN_PLACES, 3.4, 8, step, w)


@explorable(
    slides=["section-feedforward"],
    notice="values flow forward, derivatives backward; at a the two paths must add up",
)
def backprop_walk(step=20, w=1.0, rule=True):
    """Backpropagation edge by edge: J = (ua − 1)² + (va + 1)², a = tanh(wx); accumulate or overwrite."""
    shared_node = choice(RULES, rule, label="shared node")
    return _stage(shared_graph, SHARED_PLACES, 4.7, 2, step, w, rule=shared_node)


def edge_paths(J, places):
    """{(name of the parent, name of its user): (start, end)} of the edges between named nodes.

    `places` has (x, y) of each name. Of two operands the edge from the higher one ends above the other; a
    constant, which has no name and is not drawn, counts as the lower one.
    """
    paths = {}
    for node in topological_order(J):
        rows = [places[parent.name][1] if parent.name else -math.inf for parent in node.parents]
        for parent, row in zip(node.parents, rows, strict=True):
            if parent.name:
                x, y = places[node.name]
                shift = 0.0 if len(rows) == 1 else PORT if row == max(rows) else -PORT
                paths[parent.name, node.name] = (places[parent.name], (x, y + shift))
    return paths


def _stage(graph, places, height, most, step, w, **more):
    """The stage of a walk through graph(w), -most <= w <= most, with its nodes at `places`."""
    fig, ax = figure(8.6, height, xlabel="", ylabel="")
    paths = edge_paths(graph(w), places)
    ys = [y for _, y in places.values()]
    ax.set(xlim=(-0.5, max(x for x, _ in places.values()) + 0.5), ylim=(min(ys) - 1.0, max(ys) + 1.1))
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    for path in paths.values():
        ax.plot(*zip(*path, strict=True), color=COLOURS["guide"], lw=PLAIN, zorder=1)
    (active,) = ax.plot([], [], color=COLOURS["unit"], lw=ACTIVE, zorder=2)
    for x, y in places.values():
        ax.plot([x], [y], "o", ms=NODE, color="white", mec="black", zorder=3)
    (ring,) = ax.plot([], [], "o", ms=NODE + 4, mfc="none", mec=COLOURS["unit"], mew=3, ls="", zorder=4)
    for name, (x, y) in places.items():
        ax.text(x, y, name, ha="center", va="center", fontsize=TEXT_SIZE, zorder=5)
    ax.text(-0.45, min(ys) - 0.95, "above: value", color=COLOURS["network"], fontsize=TEXT_SIZE)
    ax.text(0.75, min(ys) - 0.95, "below: dJ/dnode", color=COLOURS["unit"], fontsize=TEXT_SIZE)
    ground = dict(facecolor="white", edgecolor="none", pad=0.5)
    where = dict(ha="center", fontsize=TEXT_SIZE, zorder=6, bbox=ground)
    values, slopes = (
        {name: ax.text(x, y + 0.27 * up, "", color=colour, va=va, **where) for name, (x, y) in places.items()}
        for up, va, colour in ((1, "bottom", COLOURS["network"]), (-1, "top", COLOURS["unit"]))
    )
    line = ax.text(-0.45, max(ys) + 0.85, "", fontsize=TEXT_SIZE + 1, va="center", zorder=6)
    length = Walk(graph(w)).length

    def update(step, w, rule=True):
        known, grads, current, sentence = Walk(graph(w)).at(step, rule)
        for texts, found in ((values, {n: n.value for n in known}), (slopes, grads)):
            for text in texts.values():
                text.set_text("")
            for node, value in found.items():
                if node.name:
                    texts[node.name].set_text(format_number(value))
        name, path = None, []
        if isinstance(current, tuple):
            name, path = current[1].name, paths[current[1].name, current[0].name]
        elif current is not None:
            name = current.name
        active.set_data(*(zip(*path, strict=True) if path else ([], [])))
        ring.set_data(*([[c] for c in places[name]] if name else ([], [])))
        line.set_text(sentence)

    def describe(step, w, rule=True):
        walk = Walk(graph(w))
        _, grads, _, sentence = walk.at(step, rule)
        right = walk.at(step, True)[1]
        wrong = [f"dJ/d{node.name}" for node in grads if abs(grads[node] - right[node]) > 1e-12]
        verdict = "Everything so far is right" if not wrong else f"Wrong now: {', '.join(wrong)}"
        if not more:  # a chain: accumulate and overwrite are the same
            return f"Step {step} of {length}, {sentence}. Here w = {format_number(w)}."
        how = "+=" if rule else "="
        return f"Step {step} of {length}, {sentence}. {verdict} (grad {how}, w = {format_number(w)})."

    return Stage(
        fig, update, [active, ring, *values.values(), *slopes.values(), line], describe, play="step",
        step=steps(0, length, step, label="step"),
        w=slider(-most, most, w, step=0.25, label="weight w"),
        **more,
    )  # fmt: skip
