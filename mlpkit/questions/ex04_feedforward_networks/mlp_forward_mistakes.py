"""Wrong forward passes."""

import numpy as np

from mlpkit.exercises.mistakes import mistake


def _right(X, params, g, bent=lambda i, last: i < last):
    """The forward pass with g in the layers i that `bent(i, last)` says."""
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if bent(i, len(params) - 1) else Z
        layers.append((Z, A))
    return layers


@mistake(
    "g is applied to the last layer as well",
    "The output may have to be any number. What would g make of it? See the docstring's last words on A.",
)
def g_on_the_last_layer(X, params, g):
    return _right(X, params, g, lambda i, last: True)


@mistake("g is not applied", "Without g all layers together are one linear layer. Where does it belong?")
def g_nowhere(X, params, g):
    return _right(X, params, g, lambda i, last: False)


@mistake("g is applied to the first layer alone", "Which layers are hidden? All of them bend.")
def g_on_the_first_layer_alone(X, params, g):
    return _right(X, params, g, lambda i, last: i == 0 < last)


@mistake("g is applied to the last layer alone", "Exactly the other layers should bend. Which is linear?")
def g_on_the_last_layer_alone(X, params, g):
    return _right(X, params, g, lambda i, last: i == last)


@mistake("the first layer is linear", "Only one layer is linear. The first or the last?")
def first_layer_linear(X, params, g):
    return _right(X, params, g, lambda i, last: 0 < i < last)


@mistake("the last two layers are linear", "Count again: with which index does the last layer begin?")
def last_hidden_layer_linear(X, params, g):
    return _right(X, params, g, lambda i, last: i < last - 1)


@mistake("a single layer gets g", "A single layer is the first and the last. Which rule counts for it?")
def one_layer_is_not_the_last(X, params, g):
    return _right(X, params, g, lambda i, last: i < last or i == 0)


@mistake(
    "the last layer is recognised by its width",
    "A network may have several outputs, or a hidden layer with one unit. What makes a layer the last?",
)
def last_layer_found_by_its_width(X, params, g):
    return _right(X, params, g, lambda i, last: len(params[i][1]) > 1)


@mistake(
    "a softmax stands behind the last layer",
    "The output unit comes later, with the loss. What does the docstring say about the last A?",
)
def last_layer_by_softmax(X, params, g):
    layers = _right(X, params, g)
    Z = layers[-1][0]
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return [*layers[:-1], (Z, E / E.sum(axis=1, keepdims=True))]


@mistake("a sigmoid stands behind the last layer", "Linear means: A is what?")
def last_layer_by_sigmoid(X, params, g):
    layers = _right(X, params, g)
    Z = layers[-1][0]
    return [*layers[:-1], (Z, 1 / (1 + np.exp(-Z)))]


@mistake("the last layer has no A", "A linear layer does have an activation. Which?")
def last_a_missing(X, params, g):
    layers = _right(X, params, g)
    return [*layers[:-1], (layers[-1][0], None)]


@mistake("you always use tanh", "The caller hands over a function. What is its name in your function?")
def tanh_hard_wired(X, params, g):
    return _right(X, params, np.tanh)


@mistake("you always use the ReLU", "g is an argument like X. Do you use it?")
def relu_hard_wired(X, params, g):
    return _right(X, params, lambda z: np.maximum(z, 0))


@mistake("you always use the sigmoid", "Which activation function did the caller choose?")
def sigmoid_hard_wired(X, params, g):
    return _right(X, params, lambda z: 1 / (1 + np.exp(-z)))


@mistake("g is applied twice in every layer", "Between Z and A, how often does g act?")
def g_twice(X, params, g):
    return _right(X, params, lambda z: g(g(z)))


@mistake("g comes before the sum", "First the weighted sum, then g: in which order are they in your loop?")
def g_of_the_inputs_of_a_layer(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = (g(A) if i < len(params) - 1 else A) @ W + b
        A = Z
        layers.append((Z, A))
    return layers


@mistake("the bias is added after g", "What is g a function of: of Z, or of a part of it?")
def g_before_the_bias(X, params, g):
    A, layers = X, []
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(A @ W) + b if i < len(params) - 1 else Z
        layers.append((Z, A))
    return layers


@mistake("g is applied to X", "The inputs come as they are. What is the first thing that happens to them?")
def g_of_the_first_inputs_too(X, params, g):
    return _right(g(X), params, g)


@mistake(
    "every layer gets X", "What does the second layer see: the inputs, or what the first layer made of them?"
)
def every_layer_sees_x(X, params, g):
    return [_right(X, [p], g, lambda _, last, i=i: i < len(params) - 1)[0] for i, p in enumerate(params)]


@mistake(
    "Z is handed on instead of A",
    "Which of the two does the next layer get? With the other one g has no effect on the output.",
)
def z_handed_on(X, params, g):
    layers, Z = [], X
    for i, (W, b) in enumerate(params):
        Z = Z @ W + b
        layers.append((Z, g(Z) if i < len(params) - 1 else Z))
    return layers


@mistake("Z and A are exchanged", "Which of the two does the docstring name first?")
def a_and_z_exchanged(X, params, g):
    return [(A, Z) for Z, A in _right(X, params, g)]


@mistake(
    "A stands where Z belongs",
    "Backpropagation needs the numbers before g as well. Are they still there, or do two names mean one array that g was written into?",
)
def z_replaced_by_a(X, params, g):
    return [(A, A) for _, A in _right(X, params, g)]


@mistake("Z stands where A belongs", "You hand on the right numbers. Do you also store them?")
def a_replaced_by_z(X, params, g):
    return [(Z, Z) for Z, _ in _right(X, params, g)]


@mistake("Z stands with the A of the layer before", "A pair belongs to one layer. Which A comes out of Z?")
def a_of_the_layer_before(X, params, g):
    layers = _right(X, params, g)
    return [(Z, A) for (Z, _), A in zip(layers, [X, *(A for _, A in layers[:-1])], strict=True)]


@mistake("each pair is a layer's input and its Z", "A pair holds what comes out of a layer: which A?")
def inputs_and_z(X, params, g):
    layers = _right(X, params, g)
    return [(A, Z) for (Z, _), A in zip(layers, [X, *(A for _, A in layers)], strict=False)]


@mistake("the inputs are counted as a layer", "Each layer has a W and a b. Have the inputs?")
def inputs_as_a_layer(X, params, g):
    return [(X, X), *_right(X, params, g)]


@mistake("you return A alone", "Backpropagation will need what happened in between. What is asked for?")
def output_alone(X, params, g):
    return _right(X, params, g)[-1][1]


@mistake("you return A alone, and g is in the last layer", "Which layer is linear? What do the others give?")
def output_of_g_alone(X, params, g):
    return g_on_the_last_layer(X, params, g)[-1][1]


def _caches(X, params, layers):
    """The output, and what goes into each layer, with its Z."""
    inputs = [X, *(A for _, A in layers)]
    return inputs[-1], [((A, W, b), Z) for A, (W, b), (Z, _) in zip(inputs, params, layers, strict=False)]


@mistake(
    "you return the output and caches", "Caches hold (inputs, W, b) and Z. What is an entry of the list here?"
)
def output_and_caches(X, params, g):
    return _caches(X, params, _right(X, params, g))


@mistake("you return the output and caches, and g is in the last layer", "Which is linear? What is an entry?")
def output_of_g_and_caches(X, params, g):
    return _caches(X, params, g_on_the_last_layer(X, params, g))


@mistake("you return the last layer alone", "Where do you keep the pairs of the other layers?")
def last_layer_alone(X, params, g):
    return _right(X, params, g)[-1:]


@mistake("you return the last pair alone", "How many pairs does the docstring ask for?")
def last_pair_without_its_list(X, params, g):
    return _right(X, params, g)[-1]


@mistake("the list has the activations alone", "Each entry is a pair. What stands first in it?")
def activations_alone(X, params, g):
    return [A for _, A in _right(X, params, g)]


@mistake("the list has the activations alone, X first", "Each entry is a pair. And whose layer is X?")
def activations_and_inputs(X, params, g):
    return [X, *(A for _, A in _right(X, params, g))]


@mistake("there are activations alone, X first, and g is in the last layer", "Which pairs are asked for?")
def activations_of_g_and_inputs(X, params, g):
    return [X, *(A for _, A in g_on_the_last_layer(X, params, g))]


@mistake("you return two lists, and X is among the activations", "In which pair of one list would X belong?")
def two_lists_with_x(X, params, g):
    return [Z for Z, _ in _right(X, params, g)], activations_and_inputs(X, params, g)


@mistake(
    "you return two lists, the activations with X first", "One list is asked for. Of what, in which order?"
)
def activations_and_pre_activations(X, params, g):
    return activations_of_g_and_inputs(X, params, g), [Z for Z, _ in g_on_the_last_layer(X, params, g)]


@mistake(
    "you return a dictionary that starts with X", "A list needs no names. Which two arrays are one entry?"
)
def dictionary_with_the_inputs(X, params, g):
    return dict(enumerate([X, *(array for pair in _right(X, params, g) for array in pair)]))


@mistake(
    "each entry has a layer's input as well", "The input of a layer is whose A? Is it in the list already?"
)
def triples(X, params, g):
    layers = _right(X, params, g)
    return [(A, *pair) for A, pair in zip([X, *(A for _, A in layers)], layers, strict=False)]


@mistake("the list has the pre-activations alone", "Each entry is a pair. What stands second in it?")
def pre_activations_alone(X, params, g):
    return [Z for Z, _ in _right(X, params, g)]


@mistake("the last layer is missing", "It has no g, and still has weights. Does your loop reach it?")
def last_layer_forgotten(X, params, g):
    return _right(X, params, g)[:-1]


@mistake("the first layer is missing", "How many entries of params are there, and how many pairs?")
def first_layer_forgotten(X, params, g):
    return _right(X, params, g)[1:]


@mistake("a layer is missing in the list", "Does every round of the loop store its pair?")
def hidden_layer_skipped(X, params, g):
    return [*_right(X, [params[0]], g), *_right(X, params, g)[2:]]


@mistake("the layers are computed in reverse order", "Which entry of params fits to the width of X?")
def weights_used_backwards(X, params, g):
    return _right(X, params[::-1], g)


@mistake("the first weights are used in every layer", "Each layer has its own W and b. Does your index move?")
def first_weights_for_all(X, params, g):
    return _right(X, [params[0]] * len(params), g)


@mistake("you return in the first round", "How far is the return indented? It ends the loop as well.")
def returned_inside_the_loop(X, params, g):
    layers = []
    for i, (W, b) in enumerate(params):
        Z = X @ W + b
        layers.append((Z, g(Z) if i < len(params) - 1 else Z))
        return layers


@mistake("the last b is missing", "Linear does not mean without a bias. What is left out in the last layer?")
def bias_of_the_output_missing(X, params, g):
    return _right(X, [*params[:-1], (params[-1][0], 0.0)], g)


@mistake("only the first layer's bias is used", "How many entries of params have a b?")
def first_bias_alone(X, params, g):
    return _right(X, [params[0], *((W, 0.0) for W, _ in params[1:])], g)


@mistake(
    "you expect W as (n_out, n_in), one unit per row",
    "Equal widths hide it. With unequal ones, which of the two axes of W meets the axis of A?",
)
def weights_transposed(X, params, g):
    return _right(X, [(W.T, b) for W, b in params], g)


@mistake(
    "your function expects one example per column, and W as (n_out, n_in)",
    "Much code keeps examples as columns and units as rows of W. How are both stored here? See the docstring.",
)
def columns(X, params, g):
    A, layers = X, []
    for W, b in params:
        A = g(Z := W @ A + b)
        layers.append((Z, A))
    return layers


@mistake("your function expects one example per column", "Which axis of X is the batch here?")
def columns_and_a_column_of_biases(X, params, g):
    return columns(X, [(W, b[:, None]) for W, b in params], g)


@mistake("only the first example is computed", "What does your function do with the second row of X?")
def first_example_alone(X, params, g):
    return _right(X[:1], params, g)


@mistake("two layers are built in", "params may have any length. What goes through a list of any length?")
def two_layers_hard_wired(X, params, g):
    (W1, b1), (W2, b2) = params[0], params[1]
    Z1 = X @ W1 + b1
    A1 = g(Z1)
    Z2 = A1 @ W2 + b2
    return [(Z1, A1), (Z2, Z2)]


@mistake(
    "all entries are the same arrays",
    "Each round should store its own arrays. Are they new ones in every round?",
)
def same_arrays_in_every_entry(X, params, g):
    layers = _right(X, params, g)
    return [layers[-1]] * len(layers)


@mistake(
    "the entries are dictionaries",
    "The docstring describes an entry: what is it, and how many things does it hold?",
)
def dictionaries(X, params, g):
    return [{"Z": Z, "A": A, "W": W} for (Z, A), (W, _) in zip(_right(X, params, g), params, strict=True)]


@mistake(
    "your function empties params",
    "The network is needed again for the next batch. What is left of it after the call?",
)
def parameters_taken_out(X, params, g):
    A, layers = X, []
    while params:
        W, b = params.pop(0)
        Z = A @ W + b
        A = g(Z) if params else Z
        layers.append((Z, A))
    return layers
