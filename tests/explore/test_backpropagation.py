"""Lecture 5's walks: where the nodes of the two graphs are drawn."""

from itertools import combinations

import pytest

from mlpkit.explore.backpropagation import (
    CHAIN_PLACES,
    SHARED_PLACES,
    chain_graph,
    edge_paths,
    shared_graph,
)
from mlpkit.graph import topological_order

both = pytest.mark.parametrize(
    ("graph", "places"), [(chain_graph, CHAIN_PLACES), (shared_graph, SHARED_PLACES)], ids=["chain", "shared"]
)


@both
def test_every_named_node_has_a_place_with_room_around_it_and_stands_right_of_its_parents(graph, places):
    order = topological_order(graph(1.0))
    assert places.keys() == {node.name for node in order if node.name}
    for (x1, y1), (x2, y2) in combinations(places.values(), 2):
        assert x1 != x2 or abs(y1 - y2) >= 0.99
    assert all(
        places[parent.name][0] < places[node.name][0]
        for node in order
        for parent in node.parents
        if parent.name
    )


@both
def test_edges_run_from_column_to_column_from_node_to_user_and_none_crosses_another(graph, places):
    paths = edge_paths(graph(1.0), places)
    for (parent, user), (start, end) in paths.items():
        assert start == places[parent]
        assert end[0] == places[user][0] == start[0] + 1
        assert abs(end[1] - places[user][1]) in (0, pytest.approx(0.085))
    for (a, b), (c, d) in combinations(paths.values(), 2):
        assert a[0] != c[0] or (a[1] - c[1]) * (b[1] - d[1]) >= 0


def test_two_edges_into_one_node_end_above_each_other_and_a_constant_counts_as_the_lower_one():
    paths = edge_paths(chain_graph(1.0), CHAIN_PLACES)
    assert paths["w", "wx"][1][1] > CHAIN_PLACES["wx"][1] > paths["x", "wx"][1][1]
    assert paths["a", "e"][1][1] > CHAIN_PLACES["e"][1]  # a - 1
    assert paths["e", "J"][1] == CHAIN_PLACES["J"]
