"""The forward pass: layer after layer, everything kept."""

from itertools import pairwise

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, shape, unchanged, values
from mlpkit.exercises.records import Misconception, Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex04_feedforward_networks import mlp_forward_mistakes as wrong
from mlpkit.questions.ex04_feedforward_networks.dense_forward import dense_forward

DEEP = Tolerance(1e-9, 1e-11, "sums of a few products through four layers: the last digits move")


def mlp_forward(X, params, g):
    """Zˡ = Aˡ⁻¹Wˡ + bˡ, Aˡ = g(Zˡ), A⁰ = X, layer after layer; the last layer is linear: A = Z.

    X (N, n_0), one example per row; params a list of (W, b), W (n_in, n_out) and b (n_out,);
    g a function of one array -> a list of (Z, A), one pair a layer, both (N, n_out)
    """
    A, layers = X, []
    for W, b in params[:-1]:
        Z = dense_forward(A, W, b)
        A = g(Z)
        layers.append((Z, A))
    Z = dense_forward(A, *params[-1])
    return [*layers, (Z, Z)]


def forward_with_an_index(X, params, g):
    """One loop, with a question for the last layer."""
    result = []
    for layer in range(len(params)):
        A = X if layer == 0 else result[-1][1]
        W, b = params[layer]
        Z = A.dot(W) + b
        result.append((Z, Z.copy() if layer == len(params) - 1 else g(Z)))
    return result


def forward_by_recursion(X, params, g):
    """The first layer, then the rest of the network."""
    (W, b), *rest = params
    Z = np.einsum("ni,ij->nj", X, W) + b
    if not rest:
        return [(Z, Z)]
    A = g(Z)
    return [(Z, A), *forward_by_recursion(A, rest, g)]


def forward_with_a_list_of_functions(X, params, g):
    """Pairs as lists; the bias in place on an own array."""
    functions = [g] * (len(params) - 1) + [lambda z: z]
    layers = []
    for (W, b), f in zip(params, functions, strict=True):
        Z = np.matmul(X, W)
        Z += b
        X = f(Z)
        layers.append([Z, X])
    return layers


def forward_corrected_at_the_end(X, params, g):
    """g everywhere, and the last pair put right; a tuple of tuples."""
    layers, A = [], np.array(X)
    for W, b in params:
        Z = np.c_[A, np.ones(len(A))] @ np.vstack([W, b])
        A = g(Z)
        layers.append((Z, A))
    layers[-1] = (layers[-1][0],) * 2
    return tuple(layers)


def _network(n, widths, name):
    """A batch, and weights that keep numbers near 1; biases away from 0."""

    def arguments(r):
        params = [
            (r.normal(size=(i, o)) * 1.2 / np.sqrt(i), r.uniform(0.3, 0.9, o) * r.choice([-1, 1], o))
            for i, o in pairwise(widths)
        ]
        return r.normal(size=(n, widths[0])), params, Built("functions.named", {"name": name})

    return arguments


SEVERAL = ("three", "square", "bent", "relu", "one", "two")

QUESTION = Question(
    mlp_forward,
    "layers",
    probes=(
        Probe("three", _network(6, (3, 4, 5, 2), "tanh"), "widths 3, 4, 5, 2, six examples, g = tanh"),
        Probe("square", _network(4, (4, 4, 4, 4), "tanh"), "widths 4, 4, 4, 4, four examples, g = tanh"),
        Probe("bent", _network(5, (2, 3, 4, 3, 1), "bent"), "widths 2, 3, 4, 3, 1, g(z) = z² − z"),
        Probe("relu", _network(7, (3, 6, 2), "relu"), "widths 3, 6, 2, g = ReLU"),
        Probe("one", _network(1, (3, 2, 4), "tanh"), "one example, widths 3, 2, 4"),
        Probe("two", _network(3, (2, 5, 5, 2), "bent"), "widths 2, 5, 5, 2, g(z) = z² − z"),
        Probe("no hidden layer", _network(5, (3, 2), "bent"), "one layer, widths 3, 2: it is the last"),
    ),
    properties=(
        shape(1, advice="As many pairs as layers; Z and A have one row an example, one column a unit."),
        values(
            1,
            DEEP,
            on=SEVERAL,
            part=0,
            name="first layer",
            advice="The first pair needs X, the first W and b, and g.",
        ),
        values(
            3,
            DEEP,
            on=SEVERAL,
            name="all layers",
            advice="Print the shapes of what goes into each layer and of what comes out.",
        ),
        values(
            1,
            DEEP,
            on=("no hidden layer",),
            name="a single layer is the last",
            advice="With one layer there is nothing before the last. Where is g used then?",
        ),
        unchanged(1),
    ),
    right=(
        forward_with_an_index,
        forward_by_recursion,
        forward_with_a_list_of_functions,
        forward_corrected_at_the_end,
    ),
    misconceptions=(
        Misconception(
            wrong.g_on_the_last_layer,
            "g is applied to the last layer as well",
            "The output may have to be any number. What would g make of it? See the docstring's last words on A.",
        ),
        Misconception(
            wrong.g_nowhere,
            "g is not applied at all",
            "Without g all layers together are one linear layer. Where does it belong?",
        ),
        Misconception(
            wrong.g_on_the_first_layer_alone,
            "g is applied to the first layer alone",
            "Which layers are hidden? All of them bend.",
        ),
        Misconception(
            wrong.g_on_the_last_layer_alone,
            "g is applied to the last layer alone",
            "Exactly the other layers should bend. Which is linear?",
        ),
        Misconception(
            wrong.first_layer_linear,
            "the first layer is linear",
            "Only one layer is linear. The first or the last?",
        ),
        Misconception(
            wrong.last_hidden_layer_linear,
            "the last two layers are linear",
            "Count again: with which index does the last layer begin?",
        ),
        Misconception(
            wrong.one_layer_is_not_the_last,
            "a network with one layer gets g",
            "A single layer is the first and the last. Which rule counts for it?",
        ),
        Misconception(
            wrong.last_layer_found_by_its_width,
            "the last layer is recognised by its width",
            "A network may have several outputs, or a hidden layer with one unit. What makes a layer the last?",
        ),
        Misconception(
            wrong.last_layer_by_softmax,
            "a softmax stands behind the last layer",
            "The output unit comes later, with the loss. What does the docstring say about the last A?",
        ),
        Misconception(
            wrong.last_layer_by_sigmoid, "a sigmoid stands behind the last layer", "Linear means: A is what?"
        ),
        Misconception(
            wrong.last_a_missing, "the last layer has no A", "A linear layer does have an activation. Which?"
        ),
        Misconception(
            wrong.tanh_hard_wired,
            "you always use tanh",
            "The caller hands over a function. What is its name in your function?",
        ),
        Misconception(
            wrong.relu_hard_wired, "you always use the ReLU", "g is an argument like X. Do you use it?"
        ),
        Misconception(
            wrong.sigmoid_hard_wired,
            "you always use the sigmoid",
            "Which activation function did the caller choose?",
        ),
        Misconception(
            wrong.g_twice, "g is applied twice in every layer", "Between Z and A, how often does g act?"
        ),
        Misconception(
            wrong.g_of_the_inputs_of_a_layer,
            "g is applied before the weights",
            "First the weighted sum, then g: in which order are they in your loop?",
        ),
        Misconception(
            wrong.g_before_the_bias,
            "the bias is added after g",
            "What is g a function of: of Z, or of a part of it?",
        ),
        Misconception(
            wrong.g_of_the_first_inputs_too,
            "g is applied to X",
            "The inputs come as they are. What is the first thing that happens to them?",
        ),
        Misconception(
            wrong.every_layer_sees_x,
            "every layer gets X",
            "What does the second layer see: the inputs, or what the first layer made of them?",
        ),
        Misconception(
            wrong.z_handed_on,
            "Z is handed on instead of A",
            "Which of the two does the next layer get? With the other one g has no effect on the output.",
        ),
        Misconception(
            wrong.inputs_added_to_every_layer,
            "a layer's input is added to its output",
            "Such shortcuts exist, in residual networks. Are they in the formula?",
        ),
        Misconception(
            wrong.a_and_z_exchanged,
            "Z and A are exchanged",
            "Which of the two does the docstring name first?",
        ),
        Misconception(
            wrong.z_replaced_by_a,
            "A stands where Z belongs",
            "Backpropagation needs the numbers before g as well. Are they still there, or do two names mean one array that g was written into?",
        ),
        Misconception(
            wrong.a_replaced_by_z,
            "Z stands where A belongs",
            "You hand on the right numbers. Do you also store them?",
        ),
        Misconception(
            wrong.a_of_the_layer_before,
            "each Z is paired with the A of the layer before",
            "A pair belongs to one layer. Which A comes out of Z?",
        ),
        Misconception(
            wrong.inputs_as_a_layer,
            "the inputs are counted as a layer",
            "Each layer has a W and a b. Have the inputs?",
        ),
        Misconception(
            wrong.output_alone,
            "you return the output alone",
            "Backpropagation will need what happened in between. What is asked for?",
        ),
        Misconception(
            wrong.last_layer_alone,
            "you return the last layer alone",
            "Where do you keep the pairs of the other layers?",
        ),
        Misconception(
            wrong.last_pair_without_its_list,
            "you return the last pair alone",
            "How many pairs does the docstring ask for?",
        ),
        Misconception(
            wrong.activations_alone,
            "the list has the activations alone",
            "Each entry is a pair. What stands first in it?",
        ),
        Misconception(
            wrong.pre_activations_alone,
            "the list has the pre-activations alone",
            "Each entry is a pair. What stands second in it?",
        ),
        Misconception(
            wrong.two_lists,
            "you return two lists",
            "One list of pairs and a pair of lists hold the same arrays in another order. Which is asked for?",
        ),
        Misconception(
            wrong.one_flat_list,
            "the list is flat",
            "Z and A of one layer belong together. How does one keep two things in one entry?",
        ),
        Misconception(
            wrong.last_layer_forgotten,
            "the last layer is missing",
            "It has no g, and still has weights. Does your loop reach it?",
        ),
        Misconception(
            wrong.first_layer_forgotten,
            "the first layer is missing in the list",
            "How many entries of params are there, and how many pairs?",
        ),
        Misconception(
            wrong.hidden_layer_skipped,
            "a layer is missing in the list",
            "Does every round of the loop store its pair?",
        ),
        Misconception(
            wrong.layers_backwards, "the list is in reverse order", "Which layer should stand first?"
        ),
        Misconception(
            wrong.weights_used_backwards,
            "the layers are computed in reverse order",
            "Which entry of params fits to the width of X?",
        ),
        Misconception(
            wrong.first_weights_for_all,
            "the first weights are used in every layer",
            "Each layer has its own W and b. Does your index move?",
        ),
        Misconception(
            wrong.returned_inside_the_loop,
            "the function returns in the first round",
            "How far is the return indented? It ends the loop as well.",
        ),
        Misconception(
            wrong.bias_missing,
            "the biases are missing",
            "For X = 0 and tanh everything is 0 in your network. Should it be?",
        ),
        Misconception(
            wrong.bias_of_the_output_missing,
            "the last layer's bias is missing",
            "Linear does not mean without a bias. What is left out in the last layer?",
        ),
        Misconception(
            wrong.first_bias_alone,
            "only the first layer's bias is used",
            "How many entries of params have a b?",
        ),
        Misconception(
            wrong.bias_subtracted, "the biases are subtracted", "With which sign does b stand on the slide?"
        ),
        Misconception(
            wrong.weights_transposed,
            "the weights are transposed",
            "Equal widths hide it. With unequal ones, which of the two axes of W meets the axis of A?",
        ),
        Misconception(
            wrong.examples_added_up,
            "the examples are added up",
            "Every array in the list has one row an example.",
        ),
        Misconception(
            wrong.first_example_alone,
            "only the first example is computed",
            "What does your function do with the second row of X?",
        ),
        Misconception(
            wrong.units_as_rows, "the arrays are transposed", "Rows are examples, in Z and A as in X."
        ),
        Misconception(
            wrong.two_layers_hard_wired,
            "the number of layers is built in",
            "params may have any length. What goes through a list of any length?",
        ),
        Misconception(
            wrong.same_arrays_in_every_entry,
            "every entry is the last layer",
            "Each round should store its own arrays. Are they new ones in every round?",
        ),
        Misconception(
            wrong.dictionaries,
            "the entries are dictionaries",
            "The docstring describes an entry: what is it, and how many things does it hold?",
        ),
        Misconception(
            wrong.parameters_taken_out,
            "your function empties params",
            "The network is needed again for the next batch. What is left of it after the call?",
        ),
        Misconception(
            wrong.parameters_reversed_in_place,
            "your function reverses params",
            "Some methods of a list change the list itself. Look at params after the call.",
        ),
        Misconception(
            wrong.inputs_overwritten,
            "your function overwrites X",
            "Backpropagation needs the inputs again. Are they still there?",
        ),
    ),
)
