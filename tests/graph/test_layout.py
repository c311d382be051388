"""The layout of computational graphs: columns by depth, rows with room between them, few crossings."""

from collections import defaultdict
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_graphs import GRAPHS

from mlpkit.graph import Value, layout, maximum, topological_order

every_graph = pytest.mark.parametrize("make", GRAPHS.values(), ids=GRAPHS)
programs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=25)


def random_graph(program):
    """Nodes made of earlier nodes, in a random fashion."""
    nodes = [Value(1.0, "a"), Value(2.0, "b")]
    for i, j in program:
        nodes.append(maximum(nodes[i % len(nodes)], nodes[j % len(nodes)]))
    return nodes[-1]


@given(programs)
def test_every_node_has_its_column_and_every_edge_its_numbers(program):
    J = random_graph(program)
    nodes, edges = layout(J)
    assert [node.value for node in nodes] == topological_order(J)
    column = {node.value: node.x for node in nodes}
    row = {node.value: node.y for node in nodes}
    assert column[J] == max(column.values())
    assert min(column.values()) == 0
    assert len(edges) == sum(len(node.parents) for node in column)
    locals_of = defaultdict(list)
    for edge in edges:
        assert column[edge.start] < column[edge.end]
        # It runs through every column between them, from the node's middle to the user's left.
        assert [x for x, _ in edge.path] == list(range(column[edge.start], column[edge.end] + 1))
        assert edge.path[0][1] == row[edge.start]
        assert abs(edge.path[-1][1] - row[edge.end]) < 0.3
        locals_of[edge.end].append(edge.local_grad)
    assert all(tuple(found) == node.local_grads for node, found in locals_of.items())


@given(programs)
def test_nodes_of_a_column_are_a_row_apart_and_edges_pass_beside_them(program):
    nodes, edges = layout(random_graph(program))
    places = defaultdict(list)
    for node in nodes:
        places[node.x].append((node.y, "node"))
    for edge in edges:
        for x, y in edge.path[1:-1]:
            places[x].append((y, "bend"))
    for found in places.values():
        for (y1, kind1), (y2, kind2) in combinations(found, 2):
            room = {0: 1, 1: 0.65, 2: 0.3}[(kind1 + kind2).count("bend")]
            assert abs(y1 - y2) > room - 1e-9


@every_graph
def test_the_graphs_of_the_lecture_hardly_cross(make):
    _, edges = layout(make())
    crossings = 0
    for one, other in combinations(edges, 2):
        first, second = dict(one.path), dict(other.path)
        for x in first.keys() & second.keys():
            if x + 1 in first and x + 1 in second:
                left, right = first[x] - second[x], first[x + 1] - second[x + 1]
                crossings += left * right < 0
    # Two inputs that both feed two units cross once, and one weight of each unit must cross an input.
    assert crossings == (3 if make.__name__ == "network" else 0)


def test_leaves_stand_before_their_first_user_and_bear_their_names():
    nodes, _ = layout(GRAPHS["neuron"]())
    found = {node.label: (node.x, node.value.value) for node in nodes if not node.value.parents}
    assert found["b"] == (2, 0.1)
    assert found["y"] == (4, 1.0)
    assert {node.label for node in nodes if node.value.parents} == {"*", "+", "-", "** 2", "sigmoid"}
    minus_two = layout(Value(1.0, "a") * -2).nodes[1]
    assert minus_two.label == "-2"


def test_a_single_node_and_a_long_chain_have_a_layout():
    assert layout(Value(3.0, "a")).nodes[0][1:] == (0, 0.0, "a")
    node = Value(1.0, "a")
    for _ in range(2000):
        node = -node
    assert layout(node).nodes[-1].x == 2000


def test_the_layout_changes_no_node():
    J = GRAPHS["shared"]()
    before = [(n.value, n.grad, n.name) for n in topological_order(J)]
    layout(J)
    assert [(n.value, n.grad, n.name) for n in topological_order(J)] == before
