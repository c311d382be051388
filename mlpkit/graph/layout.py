"""Where to draw the nodes of a computational graph: in columns by depth, with few crossings of the edges.

After K. Sugiyama, S. Tagawa and M. Toda, Methods for visual understanding of hierarchical system structures,
1981: columns by the longest path, an edge over several columns bends at a place of its own in each of them,
every column is sorted by the mean place of its neighbours, and then pulled towards them.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from mlpkit.graph.listing import factor
from mlpkit.graph.value import Value, topological_order

PORT = 0.17  # distance of two edges that end at one node, in rows
SWEEPS = 24


class Node(NamedTuple):
    """A node at column x and row y; `label` is its name or number if it is a leaf, else its operation."""

    value: Value
    x: int
    y: float
    label: str


class Edge(NamedTuple):
    """An edge from a parent to its user, with duser/dparent and the points (x, y) that it runs through."""

    start: Value
    end: Value
    local_grad: float
    path: tuple[tuple[int, float], ...]


class Layout(NamedTuple):
    """All nodes in topological order, and all edges; columns and rows are one unit apart, y points up."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class _Bend:
    """The place of an edge in a column that it only passes."""


def layout(J: Value) -> Layout:
    """Columns, rows and labels for all that J is computed from; J stands in the last column.

    A leaf stands in the column before its first user. No node is changed.

    >>> w, x = Value(-3.0, "w"), Value(2.0, "x")
    >>> nodes, edges = layout(w * x + 1)
    >>> [(node.label, node.x) for node in nodes]
    [('w', 0), ('x', 0), ('*', 1), ('1', 1), ('+', 2)]
    >>> [(edge.start.name, edge.local_grad) for edge in edges if edge.start.name]
    [('w', 2.0), ('x', -3.0)]
    """
    order = topological_order(J)
    column = _columns(order)
    columns, routes, links = _with_bends(order, column)
    _sort(columns, links)
    rows = _rows(columns, links)
    nodes = tuple(Node(node, column[node], rows[node], _label(node)) for node in order)
    return Layout(nodes, tuple(_edges(order, column, rows, routes)))


def _label(node: Value) -> str:
    if node.parents:
        return node.op
    return node.name or factor(node.value).strip("()")


def _columns(order):
    """{node: column}: one more than the last of its parents; a leaf stands before its first user."""
    column = dict.fromkeys(order, 0)
    for node in order:
        column[node] = 1 + max((column[parent] for parent in node.parents), default=-1)
    first = {}
    for node in order:
        for parent in node.parents:
            first[parent] = min(first.get(parent, column[node]), column[node])
    for node in order:
        if not node.parents and node in first:
            column[node] = first[node] - 1
    return column


def _with_bends(order, column):
    """The columns with nodes and bends; each edge as the list of its places; pairs of neighbours."""
    columns = [[] for _ in range(1 + max(column.values()))]
    for node in order:
        columns[column[node]].append(node)
    routes, links = [], []
    for node in order:
        for i, parent in enumerate(node.parents):
            bends = [_Bend() for _ in range(column[parent] + 1, column[node])]
            for x, bend in enumerate(bends, start=column[parent] + 1):
                columns[x].append(bend)
            route = [parent, *bends, node]
            routes.append((node, i, route))
            links += pairwise(route)
    return columns, routes, links


def _neighbours(links):
    """{place: its neighbours on the left}, {place: its neighbours on the right}."""
    left, right = defaultdict(list), defaultdict(list)
    for a, b in links:
        right[a].append(b)
        left[b].append(a)
    return left, right


def _sort(columns, links):
    """Sort every column by the mean place of its neighbours, back and forth; keep the best order found."""
    left, right = _neighbours(links)
    best, least = [list(places) for places in columns], _crossings(columns, right)
    for sweep in range(SWEEPS):
        side, walk = (left, columns[1:]) if sweep % 2 else (right, columns[-2::-1])
        place = {item: i for places in columns for i, item in enumerate(places)}
        for places in walk:
            means = {item: _mean([place[n] for n in side[item]], place[item]) for item in places}
            places.sort(key=means.__getitem__)
            place.update((item, i) for i, item in enumerate(places))
        _swap(columns, place, left, right)
        found = _crossings(columns, right)
        if found < least:
            best, least = [list(places) for places in columns], found
    columns[:] = best


def _swap(columns, place, left, right):
    """Swap two that stand side by side as long as their edges then cross less."""

    def crossings(upper, lower):
        return sum(place[a] > place[b] for side in (left, right) for a in side[upper] for b in side[lower])

    swapped = True
    while swapped:
        swapped = False
        for places in columns:
            for i in range(len(places) - 1):
                a, b = places[i : i + 2]
                if crossings(b, a) < crossings(a, b):
                    places[i : i + 2] = b, a
                    place[a], place[b] = i + 1, i
                    swapped = True


def _mean(numbers, otherwise):
    return sum(numbers) / len(numbers) if numbers else otherwise


def _crossings(columns, right):
    """How many pairs of edges between neighbouring columns cross."""
    total = 0
    for here, there in pairwise(columns):
        place = {item: i for i, item in enumerate(there)}
        ends = [sorted(place[n] for n in right[item]) for item in here]
        for i, lower in enumerate(ends):
            total += sum(a > b for a in lower for later in ends[i + 1 :] for b in later)
    return total


def _rows(columns, links):
    """{place: y}: as near to the mean of its neighbours as the distances within the column allow."""
    left, right = _neighbours(links)
    rows = {item: -float(i) for places in columns for i, item in enumerate(places)}
    for sweep in range(2 * SWEEPS):
        for places in columns if sweep % 2 else columns[::-1]:
            wishes = [_mean([rows[n] for n in left[item] + right[item]], rows[item]) for item in places]
            rows.update(zip(places, _apart(wishes, _distances(places)), strict=True))
    top, bottom = max(rows.values()), min(rows.values())
    return {item: y - (top + bottom) / 2 for item, y in rows.items()}


def _distances(places):
    """How far below the one before it each place must be: a bend needs less room than a node."""
    bends = [isinstance(item, _Bend) for item in places]
    return [0.0] + [1 - 0.35 * (a + b) for a, b in pairwise(bends)]


def _apart(wishes, distances):
    """The falling y nearest to the wishes (least squares) that keep their distances: pooled neighbours."""
    offsets, total = [], 0.0
    for distance in distances:
        total += distance
        offsets.append(total)
    pools: list[list[float]] = []  # sum, count; means fall
    for wish, offset in zip(wishes, offsets, strict=True):
        pools.append([wish + offset, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] < pools[-1][0] / pools[-1][1]:
            s, n = pools.pop()
            pools[-1][0] += s
            pools[-1][1] += n
    means = [s / n for s, n in pools for _ in range(int(n))]
    return [mean - offset for mean, offset in zip(means, offsets, strict=True)]


def _edges(order, column, rows, routes):
    """Every edge with its points; edges into one node end above each other, in the order they come in."""
    into = defaultdict(list)
    for node, i, route in routes:
        into[node].append((i, route))
    for node in order:
        coming = sorted(into[node], key=lambda entry: (-rows[entry[1][-2]], entry[0]))
        place = {i: k for k, (i, _) in enumerate(coming)}
        for i, route in into[node]:
            start = column[route[0]]
            points = [(start + k, rows[item]) for k, item in enumerate(route)]
            x, y = points[-1]
            points[-1] = (x, y + PORT * ((len(coming) - 1) / 2 - place[i]))
            yield Edge(route[0], node, node.local_grads[i], tuple(points))
