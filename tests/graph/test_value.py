"""Nodes of a computational graph: gradients by hand and by the complex step; each operation; bad input."""

import ast
import operator
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit import activations, graph
from mlpkit.graph import Value, exp, log, maximum, relu, sigmoid, tanh, topological_order
from mlpkit.layers import Dense
from mlpkit.network import MLP

numbers = st.floats(-3, 3).map(lambda x: round(x, 3))


def test_a_reverse_sweep_by_hand():
    # J = (y - σ(wx))², x = 2, w = 0, y = 1:  z = 0, ŷ = ½, d = y - ŷ = ½, J = ¼
    x, w, y = Value(2.0), Value(0.0), Value(1.0)
    z = w * x
    y_hat = sigmoid(z)
    d = y - y_hat
    J = d**2
    J.backward()
    assert (J.value, J.grad) == (0.25, 1)
    assert d.grad == 1  # 2d
    assert (y.grad, y_hat.grad) == (1, -1)
    assert z.grad == -0.25  # -1 · σ′(0)
    assert (w.grad, x.grad) == (-0.5, 0)  # -¼ · x, -¼ · w


def test_a_two_two_one_network_by_hand_agrees_with_the_gradients_of_the_network():
    W1, b1, W2, b2 = [[0.5, -1.0], [2.0, 0.25]], [0.1, -0.2], [[1.5], [-0.75]], [0.3]
    X, Y = [[1.0, -0.5], [0.25, 2.0], [-1.0, 1.0]], [0, 1, 1]
    leaves = [[Value(v) for v in np.ravel(part)] for part in (W1, b1, W2, b2)]
    W, b, V, c = leaves
    J = Value(0.0)
    for (x1, x2), y in zip(X, Y, strict=True):
        a1 = tanh(x1 * W[0] + x2 * W[2] + b[0])  # a¹ = tanh(W¹ᵀx + b¹)
        a2 = tanh(x1 * W[1] + x2 * W[3] + b[1])
        z = a1 * V[0] + a2 * V[1] + c[0]
        J = J - log(sigmoid((2 * y - 1) * z)) / 3  # -log σ((2y - 1)z), mean over the batch
    J.backward()
    net = MLP.from_layers([Dense(W1, b1, "tanh"), Dense(W2, b2)], output="bernoulli")
    assert J.value == pytest.approx(net.loss(X, Y), rel=1e-15)
    by_hand = [leaf.grad for part in leaves for leaf in part]
    right = np.concatenate([part.ravel() for pair in net.gradients(X, Y) for part in pair])
    np.testing.assert_allclose(by_hand, right, rtol=1e-13)


def formula(m, x, y):
    """Every operation once; m is the graph, or NumPy's functions of complex numbers."""
    a = m.tanh(x * y - 1.5) + m.sigmoid(-x) / (2 + y**2)
    b = m.exp(0.3 * x) * m.relu(y - 0.0007) - 2 / (4 - x)
    return m.log(5 + a * a) ** 1.5 + m.maximum(a, b) * (1 - b) + 2 ** (x / 2) + (x * x + 1) ** (y / 3)


class Plain:
    exp, log, tanh, sigmoid, relu = np.exp, np.log, np.tanh, activations.sigmoid, activations.relu
    maximum = np.maximum


@given(x=numbers, y=numbers)
def test_gradients_agree_with_the_complex_step(x, y):
    X, Y = Value(x), Value(y)
    J = formula(graph, X, Y)
    J.backward()
    assert J.value == pytest.approx(formula(Plain, x + 0j, y + 0j).real, rel=1e-13)
    by_x = formula(Plain, x + 1e-200j, y + 0j).imag / 1e-200
    by_y = formula(Plain, x + 0j, y + 1e-200j).imag / 1e-200
    # Sums of about ten terms, some of which cancel: a few ulp of the largest term, which is below 1e3.
    assert [X.grad, Y.grad] == pytest.approx([by_x, by_y], rel=1e-12, abs=1e-12)


def test_a_second_backward_gives_the_same_and_another_end_its_own():
    a = Value(3.0)
    b = a * 2
    J = b**2
    for _ in range(2):
        J.backward()
        assert (a.grad, b.grad, J.grad) == (24, 12, 1)
    b.backward()
    assert (a.grad, b.grad) == (2, 1)


def test_a_long_chain_needs_no_recursion():
    a, n = Value(1.0, "a"), 20_000
    node = a
    for _ in range(n):
        node = node + 1
    assert len(topological_order(node)) == 2 * n + 1
    node.backward()
    assert (a.grad, node.value) == (1, n + 1)
    assert len(node.trace().splitlines()) == 2 * n + 3
    del node, a  # nor does the end of it


def test_at_a_corner_relu_has_slope_zero_and_maximum_takes_the_first():
    assert relu(Value(0.0)).local_grads == (0,)
    assert maximum(0, Value(0.0)).local_grads == (1, 0)
    assert maximum(Value(0.0), 0).local_grads == (1, 0)


def test_tails_are_exact_and_do_not_overflow():
    for x in (-800.0, -40.0, 40.0, 800.0):
        for node, name in ((sigmoid(Value(x)), "sigmoid"), (tanh(Value(x)), "tanh")):
            record = activations.ACTIVATIONS[name]
            assert node.value == pytest.approx(record(x), rel=1e-15)
            assert node.local_grads[0] == pytest.approx(record.dg(x), rel=1e-14)


def test_powers_of_negative_numbers_and_of_zero():
    assert ((Value(-2.0) ** 3).value, (Value(-2.0) ** 3).local_grads) == (-8, (12,))
    assert ((Value(0.0) ** 2).local_grads, (Value(0.0) ** 1).local_grads) == ((0,), (1,))
    assert ((Value(0.0) ** 0).value, (Value(0.0) ** 0).local_grads) == (1, (0,))


@pytest.mark.parametrize("number", [2, 2.0, np.float64(2), np.float32(2), np.int64(2)])
@pytest.mark.parametrize(
    "op",
    [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow],
    ids=lambda op: op.__name__,
)
def test_numbers_of_all_kinds_may_stand_on_either_side(op, number):
    node = Value(3.0)
    assert isinstance(op(number, node), Value)
    assert (op(number, node).value, op(node, number).value) == (op(2.0, 3.0), op(3.0, 2.0))


def test_a_node_prints_its_number_and_its_name():
    assert (repr(Value(1.5)), repr(Value(2, "w")), repr(Value(2) * 3)) == (
        "Value(1.5)",
        "Value(2, 'w')",
        "Value(6)",
    )


def test_the_graph_stands_alone():
    for file in Path(graph.__file__).parent.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not [name for name in names if name.startswith("mlpkit") and name[:12] != "mlpkit.graph"]


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (TypeError, "Value expects one real number; got 'a'", lambda: Value("a")),
        (TypeError, "one real number; got True", lambda: Value(True)),
        (TypeError, r"one real number; got 1j", lambda: Value(2) + 1j),
        (TypeError, r"one real number; got \[1\]", lambda: Value(2) * [1]),
        (TypeError, r"one real number; got array\(\[1\]\)", lambda: np.array([1]) * Value(2)),
        (ValueError, "one local gradient for each parent; got 0 for 1", lambda: Value(2, parents=[Value(1)])),
        (ValueError, "/ has no finite value and slope at 1, 0", lambda: 1 / Value(0)),
        (ValueError, "log has no finite value and slope at 0", lambda: log(Value(0))),
        (ValueError, "exp has no finite value and slope at 1000", lambda: exp(1000)),
        (ValueError, re.escape("** 0.5 has no finite value and slope at 0"), lambda: Value(0) ** 0.5),
        (ValueError, re.escape("** 0.5 has no finite value and slope at -1"), lambda: Value(-1) ** 0.5),
        (ValueError, re.escape("** has no finite value and slope at -1, 2"), lambda: Value(-1) ** Value(2)),
    ],
)
def test_mistakes_are_answered_with_what_came(error, message, call):
    with pytest.raises(error, match=message):
        call()
