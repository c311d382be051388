"""The dense layer: one step by hand, the slide's formula for one column, and shapes."""

import numpy as np
import pytest

from mlpkit.activations import ACTIVATIONS, activation
from mlpkit.layers import Dense, dense_column


def test_one_forward_and_one_backward_step_worked_out_by_hand():
    # Two examples with two inputs, two ReLU units.
    #   W = | 1  -1 |    b = (0.5, 0)    X = | 1  2 |
    #       | 2   3 |                        | 3 -1 |
    layer = Dense([[1.0, -1.0], [2.0, 3.0]], [0.5, 0.0], "relu")
    X = np.array([[1.0, 2.0], [3.0, -1.0]])
    Z, A = layer.forward(X)
    # first row:   z₁ = 1·1 + 2·2 + 0.5 = 5.5    z₂ = 1·(-1) + 2·3 = 5
    # second row:  z₁ = 3·1 - 1·2 + 0.5 = 1.5    z₂ = 3·(-1) - 1·3 = -6, which ReLU turns off
    assert Z.tolist() == [[5.5, 5.0], [1.5, -6.0]]
    assert A.tolist() == [[5.5, 5.0], [1.5, 0.0]]

    # The loss hands back dJ/dA; g′ is 1 where the unit is on and 0 for the last one.
    dA = np.array([[1.0, 2.0], [3.0, 4.0]])
    dX, dW, db = layer.backward(X, Z, dA)
    # dJ/dZ = | 1  2 |
    #         | 3  0 |
    # dJ/dW[i, j] = Σ over examples of xᵢ · dJ/dzⱼ:  dW₁₁ = 1·1 + 3·3 = 10   dW₁₂ = 1·2 + 3·0 = 2
    #                                                dW₂₁ = 2·1 - 1·3 = -1   dW₂₂ = 2·2 - 1·0 = 4
    assert dW.tolist() == [[10.0, 2.0], [-1.0, 4.0]]
    # dJ/db = the columns of dJ/dZ summed: 1 + 3 and 2 + 0
    assert db.tolist() == [4.0, 2.0]
    # dJ/dx = W dJ/dz:  first row (1·1 - 1·2, 2·1 + 3·2) = (-1, 8), second row (1·3, 2·3) = (3, 6)
    assert dX.tolist() == [[-1.0, 8.0], [3.0, 6.0]]


def test_a_batch_of_rows_is_the_slides_formula_for_each_column():
    rng = np.random.default_rng(0)
    W, b, X = rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=(5, 3))
    _, A = Dense(W, b, "tanh").forward(X)
    for x, a in zip(X, A, strict=True):
        np.testing.assert_allclose(
            a, np.tanh(W.T @ x + b), rtol=1e-13
        )  # a = g(Wᵀx + b), slide universality-and-depth


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_one_column_by_the_slides_formula_is_a_row_of_the_layer(name):
    rng = np.random.default_rng(0)
    W, b, X = rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=(5, 3))
    columns = [dense_column(x, W, b, name) for x in X]
    np.testing.assert_allclose(columns, Dense(W, b, name).forward(X)[1], rtol=1e-12, atol=1e-14)
    with pytest.raises(
        ValueError, match=r"dense_column expects x \(n_in,\).*; got \(5, 3\), \(3, 4\), \(4,\)"
    ):
        dense_column(X, W, b)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_backward_agrees_with_central_differences(name):
    rng = np.random.default_rng(0)
    layer = Dense(rng.normal(size=(3, 4)), rng.normal(size=4), name)
    X, dA = rng.normal(size=(5, 3)), rng.normal(size=(5, 4))
    Z, _ = layer.forward(X)
    for what, gradient in zip((X, layer.W, layer.b), layer.backward(X, Z, dA), strict=True):
        numeric = np.empty_like(what)
        for i in np.ndindex(what.shape):
            kept, h = what[i], 6e-6
            what[i] = kept + h
            up = (layer.forward(X)[1] * dA).sum()
            what[i] = kept - h
            down = (layer.forward(X)[1] * dA).sum()
            what[i] = kept
            numeric[i] = (up - down) / (2 * h)
        # central differences reach 1e-10 of the gradient's size
        assert np.linalg.norm(numeric - gradient) <= 1e-8 * max(1, np.linalg.norm(gradient))


def test_an_array_is_used_as_it_is_and_assigning_writes_into_it():
    W, b = np.zeros((2, 1)), np.zeros(1)
    layer = Dense(W, b)
    layer.W = [[1], [2]]
    layer.b = [3]
    layer.b += 1
    assert (W.tolist(), b.tolist()) == ([[1], [2]], [4])
    assert layer.W is W


@pytest.mark.parametrize(("n_in", "n_out"), [(2, 0), (0, 2)])
def test_a_layer_may_have_width_zero(n_in, n_out):
    layer = Dense(np.empty((n_in, n_out)), np.ones(n_out), "sigmoid")
    X = np.empty((3, n_in))
    Z, A = layer.forward(X)
    dX, dW, db = layer.backward(X, Z, np.ones_like(A))
    assert (A.shape, dX.shape, dW.shape, db.shape) == ((3, n_out), (3, n_in), (n_in, n_out), (n_out,))


def test_a_record_and_a_name_are_both_accepted():
    assert Dense([[1.0]], [0.0], activation("swish", beta=2.0)).activation.values == {"beta": 2.0}
    assert repr(Dense([[1.0, 2.0]], [0, 0], "relu")) == "Dense(1 -> 2, relu)"


LAYER = Dense(np.zeros((3, 2)), np.zeros(2))
X53, Z52 = np.zeros((5, 3)), np.zeros((5, 2))


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (
            ValueError,
            r"Dense expects X of shape \(n, 3\), one example per row; got \(5, 2\)",
            lambda: LAYER.forward(Z52),
        ),
        (
            ValueError,
            r"Dense expects X of shape \(n, 3\), one example per row; got \(3,\)",
            lambda: LAYER.forward([1, 2, 3]),
        ),
        (
            TypeError,
            "Dense expects X to hold numbers; got dtype <U1",
            lambda: LAYER.forward([["a", "b", "c"]]),
        ),
        (ValueError, r"Dense expects W of shape \(n_in, n_out\); got \(3,\)", lambda: Dense([1, 2, 3], [1])),
        (
            ValueError,
            r"Dense expects b of shape \(2,\), one bias per column of W \(1, 2\); got \(1,\)",
            lambda: Dense([[1, 2]], [1]),
        ),
        (ValueError, "unknown activation 'reul'; did you mean 'relu'", lambda: Dense([[1]], [1], "reul")),
        (
            ValueError,
            r"Z and dA of shape \(5, 2\); got \(5, 2\) and \(5, 3\)",
            lambda: LAYER.backward(X53, Z52, X53),
        ),
        (ValueError, r"Dense expects X of shape \(n, 3\)", lambda: LAYER.backward(Z52, Z52, Z52)),
        (
            ValueError,
            r"Dense expects W of shape \(3, 2\); got \(2, 3\)",
            lambda: setattr(LAYER, "W", np.zeros((2, 3))),
        ),
        (ValueError, r"Dense expects b of shape \(2,\); got \(\)", lambda: setattr(LAYER, "b", 1.0)),
    ],
)
def test_mistakes_are_answered_with_names_and_shapes(error, message, call):
    with pytest.raises(error, match=message):
        call()
