"""Wrong forward passes."""

import numpy as np


def g_on_the_last_layer(X, params, g):
    A, layers = X, []
    for W, b in params:
        Z = A @ W + b
        A = g(Z)
        layers.append((Z, A))
    return layers


def g_nowhere(X, params, g):
    A, layers = X, []
    for W, b in params:
        A = A @ W + b
        layers.append((A, A))
    return layers


def g_on_the_first_layer_alone(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if i == 0 and len(params) > 1 else Z
        layers.append((Z, A))
    return layers


def g_on_the_last_layer_alone(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if i == len(params) - 1 else Z
        layers.append((Z, A))
    return layers


def first_layer_linear(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if i and i < len(params) - 1 else Z
        layers.append((Z, A))
    return layers


def last_hidden_layer_linear(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if i < len(params) - 2 else Z
        layers.append((Z, A))
    return layers


def one_layer_is_not_the_last(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = Z if i == len(params) - 1 and i > 0 else g(Z)
        layers.append((Z, A))
    return layers


def last_layer_found_by_its_width(X, params, g):
    A, layers = X, []
    for W, b in params:
        Z = A @ W + b
        A = Z if len(b) == 1 else g(Z)
        layers.append((Z, A))
    return layers


def last_layer_by_softmax(X, params, g):
    layers = _right(X, params, g)
    Z = layers[-1][0]
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return [*layers[:-1], (Z, E / E.sum(axis=1, keepdims=True))]


def last_layer_by_sigmoid(X, params, g):
    layers = _right(X, params, g)
    Z = layers[-1][0]
    return [*layers[:-1], (Z, 1 / (1 + np.exp(-Z)))]


def last_a_missing(X, params, g):
    layers = _right(X, params, g)
    return [*layers[:-1], (layers[-1][0], None)]


def _right(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if i < len(params) - 1 else Z
        layers.append((Z, A))
    return layers


def tanh_hard_wired(X, params, g):
    return _right(X, params, np.tanh)


def relu_hard_wired(X, params, g):
    return _right(X, params, lambda z: np.maximum(z, 0))


def sigmoid_hard_wired(X, params, g):
    return _right(X, params, lambda z: 1 / (1 + np.exp(-z)))


def g_twice(X, params, g):
    return _right(X, params, lambda z: g(g(z)))


def g_of_the_inputs_of_a_layer(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = (g(A) if i < len(params) - 1 else A) @ W + b
        A = Z
        layers.append((Z, A))
    return layers


def g_before_the_bias(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(A @ W) + b if i < len(params) - 1 else Z
        layers.append((Z, A))
    return layers


def g_of_the_first_inputs_too(X, params, g):
    return _right(g(X), params, g)


def every_layer_sees_x(X, params, g):
    return [_right(X, [p], g)[0] for p in params]


def z_handed_on(X, params, g):
    layers, Z = [], X
    for i, (W, b) in enumerate(params):
        Z = Z @ W + b
        layers.append((Z, g(Z) if i < len(params) - 1 else Z))
    return layers


def inputs_added_to_every_layer(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) + A if A.shape == Z.shape and i < len(params) - 1 else Z if i == len(params) - 1 else g(Z)
        layers.append((Z, A))
    return layers


def a_and_z_exchanged(X, params, g):
    return [(A, Z) for Z, A in _right(X, params, g)]


def z_replaced_by_a(X, params, g):
    return [(A, A) for _, A in _right(X, params, g)]


def a_replaced_by_z(X, params, g):
    return [(Z, Z) for Z, _ in _right(X, params, g)]


def a_of_the_layer_before(X, params, g):
    layers = _right(X, params, g)
    return [(Z, A) for (Z, _), A in zip(layers, [X, *(A for _, A in layers[:-1])], strict=True)]


def inputs_as_a_layer(X, params, g):
    return [(X, X), *_right(X, params, g)]


def output_alone(X, params, g):
    return _right(X, params, g)[-1][1]


def last_layer_alone(X, params, g):
    return _right(X, params, g)[-1:]


def last_pair_without_its_list(X, params, g):
    return _right(X, params, g)[-1]


def activations_alone(X, params, g):
    return [A for _, A in _right(X, params, g)]


def pre_activations_alone(X, params, g):
    return [Z for Z, _ in _right(X, params, g)]


def two_lists(X, params, g):
    layers = _right(X, params, g)
    return [Z for Z, _ in layers], [A for _, A in layers]


def one_flat_list(X, params, g):
    return [array for pair in _right(X, params, g) for array in pair]


def last_layer_forgotten(X, params, g):
    return _right(X, params, g)[:-1]


def first_layer_forgotten(X, params, g):
    return _right(X, params, g)[1:]


def hidden_layer_skipped(X, params, g):
    return [*_right(X, [params[0]], g), *_right(X, params, g)[2:]]


def layers_backwards(X, params, g):
    return _right(X, params, g)[::-1]


def weights_used_backwards(X, params, g):
    return _right(X, params[::-1], g)


def first_weights_for_all(X, params, g):
    return _right(X, [params[0]] * len(params), g)


def returned_inside_the_loop(X, params, g):
    layers = []
    for i, (W, b) in enumerate(params):
        Z = X @ W + b
        layers.append((Z, g(Z) if i < len(params) - 1 else Z))
        return layers


def bias_missing(X, params, g):
    return _right(X, [(W, 0.0) for W, _ in params], g)


def bias_of_the_output_missing(X, params, g):
    return _right(X, [*params[:-1], (params[-1][0], 0.0)], g)


def first_bias_alone(X, params, g):
    return _right(X, [params[0], *((W, 0.0) for W, _ in params[1:])], g)


def bias_subtracted(X, params, g):
    return _right(X, [(W, -b) for W, b in params], g)


def weights_transposed(X, params, g):
    return _right(X, [(W.T, b) for W, b in params], g)


def examples_added_up(X, params, g):
    return [(Z.sum(axis=0), A.sum(axis=0)) for Z, A in _right(X, params, g)]


def first_example_alone(X, params, g):
    return _right(X[:1], params, g)


def units_as_rows(X, params, g):
    return [(Z.T, A.T) for Z, A in _right(X, params, g)]


def two_layers_hard_wired(X, params, g):
    (W1, b1), (W2, b2) = params[0], params[1]
    Z1 = X @ W1 + b1
    A1 = g(Z1)
    Z2 = A1 @ W2 + b2
    return [(Z1, A1), (Z2, Z2)]


def same_arrays_in_every_entry(X, params, g):
    layers = _right(X, params, g)
    return [layers[-1]] * len(layers)


def dictionaries(X, params, g):
    return [{"Z": Z, "A": A, "W": W} for (Z, A), (W, _) in zip(_right(X, params, g), params, strict=True)]


def parameters_taken_out(X, params, g):
    A, layers = X, []
    while params:
        W, b = params.pop(0)
        Z = A @ W + b
        A = g(Z) if params else Z
        layers.append((Z, A))
    return layers


def parameters_reversed_in_place(X, params, g):
    params.reverse()
    layers = _right(X, params[::-1], g)
    return layers


def inputs_overwritten(X, params, g):
    layers = _right(X, params, g)
    X[:] = 0
    return layers
