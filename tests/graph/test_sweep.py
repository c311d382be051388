"""The order of a computational graph and the reverse sweep: each edge once, sums at shared nodes."""

import pytest

from mlpkit.graph import Value, gradients, reverse_sweep, tanh, topological_order


def test_every_node_stands_after_its_parents_and_once():
    x, y = Value(0.5, "x"), Value(-2.0, "y")
    z = x * y - 1.5
    J = tanh(z) / (2 + y**2) + z * x
    order = topological_order(J)
    place = {node: i for i, node in enumerate(order)}
    assert len(place) == len(order)
    assert all(place[parent] < place[node] for node in order for parent in node.parents)
    assert order[-1] is J
    assert {x, y, z} < set(order)
    assert topological_order(x) == [x]


def test_gradients_accumulate_on_shared_nodes():
    a, b = Value(3.0), Value(2.0)
    c = a * b
    J = c * c + a + c  # dJ/dc = 2c + 1 = 13
    J.backward()
    assert (c.grad, a.grad, b.grad) == (13, 13 * 2 + 1, 13 * 3)
    x = Value(1.0)
    for _ in range(60):  # 2⁶⁰ paths, 61 nodes
        x = x + x
    x.backward()
    assert topological_order(x)[0].grad == 2.0**60


def test_every_edge_is_one_step_of_the_sweep_and_its_numbers_are_the_chain_rule():
    x, w = Value(2.0, "x"), Value(-3.0, "w")
    z = (w * x).named("z")
    J = (z * z).named("J")
    steps = [(s.node.name, s.parent.name, s.grad, s.local_grad, s.before, s.after) for s in reverse_sweep(J)]
    assert steps == [
        ("J", "z", 1, -6, None, -6),
        ("J", "z", 1, -6, -6, -12),
        ("z", "w", -12, 2, None, -24),
        ("z", "x", -12, -3, None, 36),
    ]
    assert [node.grad for node in (x, w, z, J)] == [0] * 4  # no node is changed


def test_a_sweep_that_overwrites_keeps_only_what_the_last_edge_brought():
    a = Value(3.0, "a")
    b = a * 2
    J = b * b + a
    right, wrong = ({s.parent: s.after for s in reverse_sweep(J, accumulate=on)} for on in (True, False))
    assert (right[b], right[a]) == (12, 25)
    assert wrong[b] == 6  # one of the two factors of b·b is lost
    assert wrong[a] in (1, 12)
    assert {s.before for s in reverse_sweep(J, accumulate=False)} == {None}


def test_gradients_name_every_node_and_those_of_a_leaf_are_its_own():
    a = Value(3.0)
    J = tanh(a) * a
    assert gradients(J).keys() == set(topological_order(J))
    assert gradients(J)[J] == 1
    assert gradients(a) == {a: 1.0}
    J.backward()
    assert gradients(J)[a] == a.grad == pytest.approx(tanh(a).value + 3 * tanh(a).local_grads[0], rel=1e-15)
