"""The multilayer perceptron: by hand, against differences, as one vector, and as it is shown."""

import copy
import pickle
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
from batches import data, every_output, flat

from mlpkit.activations import ACTIVATIONS, activation, sigmoid
from mlpkit.layers import Dense
from mlpkit.network import MLP
from mlpkit.outputs import OUTPUT_UNITS


def test_one_forward_and_one_backward_pass_worked_out_by_hand():
    # One input, two ReLU units, one linear output; x = 2, y = 1.
    #   z¹ = (1·2 + 0, -1·2 + 1) = (2, -1)      a¹ = (2, 0)
    #   ŷ = 3·2 + 5·0 - 4 = 2                   J = ½(ŷ - y)² = ½
    net = MLP.from_layers([Dense([[1.0, -1.0]], [0.0, 1.0], "relu"), Dense([[3.0], [5.0]], [-4.0])])
    trace = net.forward([[2.0]])
    assert [Z.tolist() for Z in trace.Z] == [[[2, -1]], [[2]]]
    assert [A.tolist() for A in trace.A] == [[[2, 0]], [[2]]]
    assert net.loss([[2.0]], [[1.0]]) == 0.5
    #   dJ/dŷ = ŷ - y = 1       dJ/dW² = a¹·1 = (2, 0)ᵀ      dJ/db² = 1
    #   dJ/da¹ = W²·1 = (3, 5)  dJ/dz¹ = (3, 0), the second unit is off
    #   dJ/dW¹ = x·dJ/dz¹ = (6, 0)                           dJ/db¹ = (3, 0)
    (dW1, db1), (dW2, db2) = net.gradients([[2.0]], [[1.0]])
    assert (dW1.tolist(), db1.tolist()) == ([[6, 0]], [3, 0])
    assert (dW2.tolist(), db2.tolist()) == ([[2], [0]], [1])


def test_the_network_is_the_composition_on_the_slide():
    net = MLP([3, 4, 2], activation="tanh", output="gaussian", rng=0)
    (W1, b1), (W2, b2) = [(layer.W, layer.b) for layer in net.layers]
    x = np.array([0.3, -1.0, 2.0])
    a1 = np.tanh(W1.T @ x + b1)  # a¹ = g¹(W¹ᵀx + b¹)
    np.testing.assert_allclose(net.predict(x[None])[0], W2.T @ a1 + b2, rtol=1e-14)
    assert (W1.shape, W2.shape) == ((3, 4), (4, 2))  # Wˡ has the shape nₗ₋₁ × nₗ


@every_output
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_gradients_agree_with_central_differences(name, output):
    X, Y = data(output)
    net = MLP([3, 4, 3, 2], activation=name, output=output, rng=1, init="normal", bias=0.3)
    theta, gradient, h = net.parameters, flat(net.gradients(X, Y)), 6e-6
    numeric = np.empty_like(theta)
    for i, kept in enumerate(theta.copy()):
        theta[i] = kept + h
        up = net.loss(X, Y)
        theta[i] = kept - h
        numeric[i] = (up - net.loss(X, Y)) / (2 * h)
        theta[i] = kept
    # Norm-wise; central differences reach 1e-10, and 1e-8 leaves room for the rounding of a small loss.
    assert np.linalg.norm(numeric - gradient) <= 1e-8 * np.linalg.norm(gradient)


@every_output
@pytest.mark.parametrize("name", [n for n in ACTIVATIONS if n != "step"])
@pytest.mark.parametrize("depth", [0, 1, 5])
def test_gradients_agree_with_the_complex_step_at_any_depth(name, output, depth):
    X, Y = data(output)
    net = MLP([3, *[4] * depth, 2], activation=name, output=output, rng=2, bias=0.1)
    layers = [Dense(layer.W + 0j, layer.b + 0j, layer.activation) for layer in net.layers]
    shifted = MLP.from_layers(layers, output=output)
    slopes = []
    for i in range(net.parameters.size):
        shifted.parameters[i] += 1e-200j
        slopes.append(shifted.loss(X, Y).imag / 1e-200)
        shifted.parameters[i] -= 1e-200j
    gradient = flat(net.gradients(X, Y))
    assert np.linalg.norm(slopes - gradient) <= 1e-12 * np.linalg.norm(gradient)


@every_output
def test_a_small_step_down_the_gradient_lowers_the_loss(output):
    X, Y = data(output)
    net = MLP([3, 6, 2], output=output, rng=0)
    before, gradient = net.loss(X, Y), flat(net.gradients(X, Y))
    net.parameters -= 1e-4 * gradient
    assert before - net.loss(X, Y) == pytest.approx(
        1e-4 * (gradient**2).sum(), rel=1e-2
    )  # first order in 1e-4


@every_output
def test_predict_is_the_last_activation_of_forward_also_in_blocks(output):
    net = MLP([3, 300, 5, 2], output=output, rng=0)
    X = np.random.default_rng(0).normal(size=(700, 3))  # fourteen blocks of 53 rows
    trace = net.forward(X)
    np.testing.assert_allclose(net.predict(X), trace.y_hat, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(OUTPUT_UNITS[output].mean(trace.Z[-1]), trace.y_hat)
    assert [A.shape for A in trace.A] == [(700, 300), (700, 5), (700, 2)]
    np.testing.assert_array_equal(trace.A[0], np.tanh(trace.Z[0]))
    for rows in (54, 106, 107):  # two blocks, the last of one row; two; three
        np.testing.assert_allclose(net.predict(X[:rows]), trace.y_hat[:rows], rtol=1e-12, atol=1e-14)
    assert net.predict(X[:0]).shape == (0, 2)
    assert net.predict(X[:1]).shape == (1, 2)
    assert trace != net.forward(X)  # not a comparison of arrays, which has no single answer
    with pytest.raises(AttributeError):
        trace.X = X  # type: ignore[misc]
    assert repr(trace) == "Trace(X (700, 3) -> A1 (700, 300) -> A2 (700, 5) -> A3 (700, 2))"


@pytest.mark.parametrize(("width", "blocks"), [(160, 3), (16_000, 250), (20_000, 250)])
def test_the_blocks_of_predict_fit_the_cache(width, blocks):
    sizes = []

    def g(z):
        sizes.append(z.size)
        return z

    net = MLP([1, width, 1], activation=replace(ACTIVATIONS["linear"], g=g), output="gaussian", rng=0)
    net.predict(np.zeros((250, 1)))
    assert len(sizes) == blocks
    assert max(sizes) <= max(16_000, width)


def test_the_input_is_left_alone():
    X, Y = data("categorical")
    before = X.copy()
    net = MLP([3, 2], rng=0)
    for call in (net.predict, net.forward, lambda X: net.loss(X, Y), lambda X: net.gradients(X, Y)):
        call(X)
    np.testing.assert_array_equal(X, before)
    bare = MLP.from_layers([Dense([[1.0]], [0.0])])
    x = np.array([[2.0]])
    bare.predict(x)[...] = 5
    assert x == 2


# ── widths, activations, parameters ─────────────────────────────────────────────────────────────────────


def test_the_parameter_vector_is_a_view_that_changes_the_network():
    net = MLP([2, 3, 1], output="gaussian", rng=0)
    theta = net.parameters
    assert theta.size == 2 * 3 + 3 + 3 * 1 + 1
    for layer in net.layers:
        assert np.shares_memory(layer.W, theta)
        assert np.shares_memory(layer.b, theta)
    np.testing.assert_array_equal(theta, flat([(layer.W, layer.b) for layer in net.layers]))
    theta[:] = 0
    theta[-1] = 7
    assert net.predict([[1.0, 2.0]]).tolist() == [[7]]
    net.parameters = np.arange(13)
    assert net.parameters is theta
    assert net.layers[0].W.tolist() == [[0, 1, 2], [3, 4, 5]]
    net.layers[1].W = [[1], [1], [1]]
    net.layers[1].b += 1
    assert theta[9:].tolist() == [1, 1, 1, 13]


def test_each_hidden_layer_may_have_its_own_activation_and_the_last_is_linear():
    net = MLP([2, 3, 4, 2], activation=["relu", activation("elu", alpha=0.5)])
    assert [layer.activation.name for layer in net.layers] == ["relu", "elu", "linear"]
    assert net.layers[1].activation.values == {"alpha": 0.5}
    assert (net.widths, net.hidden_units) == ([2, 3, 4, 2], 7)
    assert MLP([2, 3]).hidden_units == 0


def test_weights_and_biases_start_as_the_rule_says_and_a_seed_repeats_them():
    assert MLP([2, 3, 1], init="he_bias").layers[0].b.tolist() == [0.1] * 3
    assert MLP([2, 3, 1], init="he_bias", bias=0.0).layers[0].b.tolist() == [0.0] * 3
    assert not MLP([2, 3, 1], init="zeros").parameters.any()
    first, second = MLP([2, 3, 1], rng=3), MLP([2, 3, 1], rng=np.random.default_rng(3))
    np.testing.assert_array_equal(first.parameters, second.parameters)
    assert (MLP([2, 3, 1], rng=4).parameters != first.parameters).any()
    np.testing.assert_array_equal(
        MLP([2, 3, 1]).parameters, MLP([2, 3, 1], rng=0).parameters
    )  # 0 unless given
    other, another = (MLP([2, 3, 1], rng=None).parameters for _ in range(2))
    assert (other != another).any()


def test_explicit_layers_are_copied_and_may_have_no_unit():
    W = np.ones((1, 2))
    net = MLP.from_layers([Dense(W, [0, 0], "relu"), Dense([[1], [1]], [0])], output="bernoulli")
    W[...] = 5
    assert net.predict([[1.0]]) == sigmoid(2.0)
    constant = MLP.from_layers([Dense(np.empty((1, 0)), [], "sigmoid"), Dense(np.empty((0, 1)), [3.0])])
    assert constant.predict([[0.0], [1.0]]).tolist() == [[3], [3]]
    assert (constant.hidden_units, constant.parameters.size) == (0, 1)
    assert [dW.shape for dW, _ in constant.gradients([[0.0]], [[1.0]])] == [(1, 0), (0, 1)]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda net: pickle.loads(pickle.dumps(net))])
def test_a_copy_has_its_own_parameters_and_views_into_them(copied, tmp_path):
    net = MLP([2, 3, 1], activation=activation("swish", beta=2.0), output="gaussian", rng=0)
    twin = copied(net)
    twin.parameters[:] = 0
    assert twin.predict([[1.0, 1.0]]) == 0
    assert net.parameters.any()
    twin.save(tmp_path / "twin.npz")
    assert twin.layers[0].activation.values == {"beta": 2.0}


# ── how it is shown ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("net", "text"),
    [
        (MLP([2, 16, 16, 1], output="bernoulli"), "MLP(2-16-16-1, tanh, bernoulli, 337 parameters)"),
        (MLP([2, 3, 3, 2], ["relu", "elu"]), "MLP(2-3-3-2, relu/elu(alpha=1), categorical, 29 parameters)"),
        (
            MLP([2, 1, 1, 1, 2], ["relu", "tanh", "gelu"]),
            "MLP(2-1-1-1-2, relu/tanh/gelu, categorical, 11 parameters)",
        ),
        (MLP([4, 3]), "MLP(4-3, categorical, 15 parameters)"),
    ],
)
def test_repr_says_widths_activations_output_and_size(net, text):
    assert repr(net) == text


def test_the_html_summary_lists_every_layer_and_the_total():
    html = MLP([2, 500, 3], activation=activation("swish", beta=2), rng=0)._repr_html_()
    rows = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row) for row in re.findall(r"<tr.*?>(.*?)</tr>", html)]
    assert rows == [
        ["layer", "units", "activation", "W", "b", "parameters"],
        ["1", "500", "swish(beta=2)", "2 × 500", "500", "1500"],
        ["2", "3", "softmax unit, categorical", "500 × 3", "3", "1503"],
        ["total", "3003"],
    ]
    assert re.search("<caption.*?>MLP 2-500-3</caption>", html)


def test_the_html_summary_has_headers_takes_the_pages_colours_and_is_safe():
    html = MLP([1, 2, 1], output="gaussian", rng=0)._repr_html_()
    assert html.count("<th scope='col'") == 6
    assert html.count("<th scope='row'") == 3  # two layers and the total
    assert set(re.findall(r"color:([^;']*)", html)) == {"inherit"}
    assert not re.search("#[0-9a-f]{3}|rgb|background", html)
    ElementTree.fromstring(html)  # well-formed
    wild = replace(ACTIVATIONS["relu"], name="<b>")
    assert "&lt;b&gt;" in MLP([1, 1, 1], activation=wild, output="gaussian")._repr_html_()


# ── mistakes ────────────────────────────────────────────────────────────────────────────────────────────


NET = MLP([2, 3, 2], rng=0)


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (
            ValueError,
            r"^MLP expects X of shape \(n, 2\), one example per row; got \(5, 3\)$",
            lambda: NET.predict(np.zeros((5, 3))),
        ),
        (ValueError, r"got \(2,\)$", lambda: NET.forward([1.0, 2.0])),
        (
            ValueError,
            r"MLP expects X of shape \(n, 1\).*; got \(9,\); for one column write X\[:, None\]",
            lambda: MLP([1, 2]).predict(np.zeros(9)),
        ),
        (ValueError, r"finite numbers in X; X\[1, 0\] is nan", lambda: NET.predict([[0, 0], [np.nan, 0]])),
        (ValueError, r"finite numbers in X; X\[0, 1\] is inf", lambda: NET.loss([[0, np.inf]], [0])),
        (TypeError, "MLP expects X to hold numbers; got dtype <U1", lambda: NET.gradients([["a", "b"]], [0])),
        (ValueError, "MLP expects X to be a full table of numbers", lambda: NET.predict([[1, 2], [3]])),
        (TypeError, "MLP expects X to hold numbers; got dtype object", lambda: NET.predict(None)),
        (TypeError, "MLP expects X to hold numbers; got dtype object", lambda: NET.loss([[None, 1]], [0])),
        (TypeError, "X to hold numbers; got dtype object", lambda: NET.forward([[object(), 1.0]])),
        (TypeError, "categorical expects Y to hold numbers", lambda: NET.loss([[0.0, 1.0]], None)),
        (TypeError, "categorical expects Y to hold numbers", lambda: NET.gradients([[0.0, 1.0]], ["cat"])),
        (ValueError, r"one-hot rows.* Y\[0\] is \[0.5, 0.4\]", lambda: NET.loss([[0, 1]], [[0.5, 0.4]])),
        (ValueError, r"finite numbers in Y; Y\[0\] is nan", lambda: NET.loss([[0.0, 1.0]], [np.nan])),
        (ValueError, r"MLP expects width >= 1; got 0", lambda: MLP([3, 0, 1])),
        (TypeError, r"widths as a list, \[n_in, n_1, …, n_out\]; got 3", lambda: MLP(3)),  # type: ignore[arg-type]
        (TypeError, r"widths as a list.*got '321'", lambda: MLP("321")),  # type: ignore[arg-type]
        (TypeError, r"rng to be .* or a seed >= 0; got 'a'", lambda: MLP([3, 1], rng="a")),  # type: ignore[arg-type]
        (ValueError, r"MLP expects rng .* a seed >= 0; got -1", lambda: MLP([3, 1], rng=-1)),
        (ValueError, "'softmax'; did you mean 'categorical'", lambda: MLP([3, 2], output="softmax")),
        (ValueError, "'sigmoid'; did you mean 'bernoulli'", lambda: MLP([3, 1], output="sigmoid")),
        (ValueError, "'Glorot'; did you mean 'xavier'", lambda: MLP([3, 1], init="Glorot")),
        (ValueError, "'silu'; did you mean 'swish'", lambda: MLP([3, 2, 1], "silu")),
        (TypeError, "MLP expects an integer width; got '3'", lambda: MLP(["3", 1])),  # type: ignore[list-item]
        (TypeError, "MLP expects parameters to hold numbers", lambda: setattr(NET, "parameters", ["a"] * 17)),
        (ValueError, "at least one example", lambda: NET.loss(np.zeros((0, 2)), [])),
        (ValueError, "at least one example", lambda: NET.gradients(np.zeros((0, 2)), [])),
        (ValueError, r"Y of shape \(3,\) or \(3, 2\)", lambda: NET.loss(np.zeros((3, 2)), [0, 1])),
        (ValueError, "integer labels 0 to 1", lambda: NET.gradients(np.zeros((1, 2)), [2])),
        (ValueError, r"MLP expects at least two widths.*; got \[3\]", lambda: MLP([3])),
        (ValueError, "MLP expects width >= 1; got -2", lambda: MLP([3, -2, 1])),
        (TypeError, "MLP expects an integer width; got 2.5", lambda: MLP([3, 2.5, 1])),
        (ValueError, "unknown activation 'tahn'; did you mean 'tanh'", lambda: MLP([1, 1, 1], "tahn")),
        (ValueError, "unknown output unit 'softmax'", lambda: MLP([1, 1], output="softmax")),
        (ValueError, "unknown initializer 'hee'; did you mean 'he'", lambda: MLP([1, 1], init="hee")),
        (
            ValueError,
            "one activation for each of 2 hidden layers; got 1",
            lambda: MLP([1, 2, 2, 1], ["relu"]),
        ),
        (ValueError, "MLP expects a finite bias; got nan", lambda: MLP([1, 1], bias=np.nan)),
        (ValueError, "MLP expects at least one layer", lambda: MLP.from_layers([])),
        (
            ValueError,
            r"layers that fit together; got Dense\(1 -> 2, linear\) before Dense\(1 -> 1, linear\)",
            lambda: MLP.from_layers([Dense([[1, 2]], [0, 0]), Dense([[1]], [0])]),
        ),
        (
            ValueError,
            r"parameters of shape \(17,\); got \(3,\)",
            lambda: setattr(NET, "parameters", [1, 2, 3]),
        ),
        (
            ValueError,
            r"parameters of shape \(17,\); got \(18,\)",
            lambda: setattr(NET, "parameters", range(18)),
        ),
        (ValueError, "each of 1 hidden layers; got 2", lambda: MLP([1, 2, 1], ["relu", "relu"])),
        (
            ValueError,
            r"fit together; got Dense\(1 -> 1, linear\) before Dense\(2 -> 1, linear\)",
            lambda: MLP.from_layers([Dense([[1]], [0]), Dense([[1], [2]], [0])]),
        ),
    ],
)
def test_mistakes_are_answered_with_names_and_shapes(error, message, call):
    with pytest.raises(error, match=message):
        call()
