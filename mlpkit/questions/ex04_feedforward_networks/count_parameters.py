"""Σ (nₗ₋₁ + 1) nₗ."""

import math
from itertools import combinations, pairwise

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, unchanged, values, whole_number
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question

EXACT = Tolerance(0, 1e-9, "whole numbers are equal or not", single=None)


def count_parameters(widths):
    """The number of weights and biases of a fully connected network.

    widths: a list, the number of inputs and then the units of each layer: [2, 16, 16, 1]
    -> an integer, for the whole network
    """
    return sum((widths[i] + 1) * widths[i + 1] for i in range(len(widths) - 1))


def count_in_a_loop(widths):
    """Weights, then biases."""
    total = 0
    for i in range(1, len(widths)):
        total += widths[i - 1] * widths[i]
        total += widths[i]
    return total


def count_by_a_dot_product(widths):
    """np.dot of the list with itself, shifted; the biases are all units but the inputs."""
    return int(np.dot(widths[:-1], widths[1:]) + np.sum(widths[1:]))


def count_by_building(widths):
    """Build the arrays and add up their sizes."""
    arrays = [(np.empty((m, n)), np.empty(n)) for m, n in pairwise(widths)]
    return sum(W.size + b.size for W, b in arrays)


def count_by_recursion(widths):
    """The first layer, and the rest."""
    if len(widths) < 2:
        return 0
    return (widths[0] + 1) * widths[1] + count_by_recursion(widths[1:])


def _widths(layers, low=3, high=40):
    """Different widths, none of them 1, 2 or next to another."""
    return lambda r: ([int(n) for n in r.permutation(np.arange(low, high, 2))[: layers + 1]],)


DEEP = ("two layers", "three layers", "five layers", "narrow output", "equal", "repeated")


def _repeated(r):
    """[inputs, n, n, n, outputs], n unlike the others."""
    n = int(r.integers(6, 10))
    return ([n - 3, n, n, n, n - 4],)


def _count(widths):
    return sum((m + 1) * n for m, n in pairwise(widths))


@mistake("the biases are not counted", "Each unit computes a weighted sum, and shifts it by what?")
def biases_forgotten(widths):
    return sum(m * n for m, n in pairwise(widths))


@mistake("the inputs get biases too", "An input is given. Does it compute anything that could be shifted?")
def biases_of_the_inputs_too(widths):
    return sum(m * n for m, n in pairwise(widths)) + sum(widths)


@mistake("biases go to the wrong layer", "Does a bias belong to a unit that receives or to one that sends?")
def biases_of_the_layer_before(widths):
    return sum(m * n + m for m, n in pairwise(widths))


@mistake("a 1 is added on both sides", "The 1 is an input without a unit. Does a layer feed its own 1?")
def biases_on_both_sides(widths):
    return sum((m + 1) * (n + 1) for m, n in pairwise(widths))


@mistake("each layer has one bias", "b is an array. How many numbers does it hold?")
def one_bias_for_each_layer(widths):
    return sum(m * n + 1 for m, n in pairwise(widths))


@mistake("the output units have no bias", "The last layer is linear. Does that mean that nothing is added?")
def bias_of_the_output_forgotten(widths):
    return _count(widths) - widths[-1]


@mistake("only the output units have biases", "What about the hidden units?")
def biases_of_the_output_alone(widths):
    return sum(m * n for m, n in pairwise(widths)) + widths[-1]


@mistake("only the first layer has biases", "How many arrays b does the network have?")
def biases_of_the_first_layer_alone(widths):
    return sum(m * n for m, n in pairwise(widths)) + widths[1]


@mistake("the biases count twice", "Count one unit with two inputs: how many numbers does it have?")
def biases_counted_twice(widths):
    return sum((m + 2) * n for m, n in pairwise(widths))


@mistake(
    "you count the units",
    "A parameter stands on a connection between two units, or on a unit. Which have you counted?",
)
def units_counted(widths):
    return sum(widths)


@mistake("you count the biases alone", "What do the lines between the units stand for?")
def hidden_and_output_units_counted(widths):
    return sum(widths[1:])


@mistake("you count the hidden units", "Parameters are what training changes. Are units changed?")
def hidden_units_counted(widths):
    return sum(widths[1:-1])


@mistake(
    "all widths are multiplied",
    "Is every unit connected with every unit of every other layer, in all combinations?",
)
def all_widths_multiplied(widths):
    return math.prod(widths)


@mistake(
    "the weights are a product of all widths",
    "A matrix lies between two neighbouring layers. How do you combine the numbers of several matrices?",
)
def all_widths_multiplied_and_biases(widths):
    return math.prod(widths) + sum(widths[1:])


@mistake("the layers are multiplied", "You have the right number for each layer. How do they make a total?")
def products_multiplied(widths):
    return math.prod((m + 1) * n for m, n in pairwise(widths))


@mistake(
    "a layer's weights are counted as a sum of widths",
    "Three units, each connected to four others: how many lines is that?",
)
def widths_added_instead_of_multiplied(widths):
    return sum(m + n for m, n in pairwise(widths))


@mistake("widths and a 1 are added up", "Draw 3 units and 4 units with all lines between. How many?")
def widths_and_bias_added(widths):
    return sum(m + n + 1 for m, n in pairwise(widths))


@mistake("the first layer is forgotten", "Between which two widths lies the first matrix?")
def first_layer_forgotten(widths):
    return _count(widths[1:])


@mistake("the last layer is forgotten", "Five widths: how many matrices lie between them?")
def last_layer_forgotten(widths):
    return _count(widths[:-1])


@mistake(
    "a layer is looked up by its width",
    "Two layers may be equally wide. Which of them do you find, and what comes after it?",
)
def width_looked_up_by_its_value(widths):
    return sum((m + 1) * widths[widths.index(m) + 1] for m in widths[:-1])


@mistake("layers of equal widths count once", "Two matrices of one shape: do they share their numbers?")
def equal_layers_counted_once(widths):
    return sum((m + 1) * n for m, n in set(pairwise(widths)))


@mistake("biases and last layer are missing", "Two things: what shifts a unit, and where does your loop end?")
def weights_without_the_last_layer(widths):
    return sum(m * n for m, n in pairwise(widths[:-1]))


@mistake("only the first layer is counted", "What happens after the first matrix?")
def first_layer_alone(widths):
    return _count(widths[:2])


@mistake("only the last layer is counted", "Does your function add up or overwrite?")
def last_layer_alone(widths):
    return _count(widths[-2:])


@mistake(
    "the inputs are joined with the outputs as well",
    "Signals go from layer to layer. Does one jump over the hidden layers?",
)
def inputs_joined_with_outputs(widths):
    return _count(widths) + (widths[0] + 1) * widths[-1]


@mistake("every layer is joined with all later ones", "From which layer alone does a layer get its inputs?")
def every_layer_joined_with_every_later_one(widths):
    return sum(m * n for m, n in combinations(widths, 2)) + sum(widths[1:])


@mistake("each layer is joined with itself", "Feedforward: to which layer do a unit's lines go?")
def layer_joined_with_itself(widths):
    return sum(n * n + n for n in widths)


@mistake(
    "hidden units are joined with each other",
    "That would be a recurrent network. Which lines does a feedforward network have?",
)
def hidden_layer_joined_with_itself(widths):
    return _count(widths) + sum(n * n for n in widths[1:-1])


@mistake("every layer gets the inputs", "What are the inputs of the second layer?")
def inputs_joined_with_every_layer(widths):
    return sum((widths[0] + 1) * n for n in widths[1:])


@mistake("the hidden layers are left out", "Which widths does your function never look at?")
def ends_alone(widths):
    return (widths[0] + 1) * widths[-1]


@mistake("the index runs too far", "One layer needs two widths. How many pairs of neighbours has a list?")
def index_runs_too_far(widths):
    return sum((widths[i] + 1) * widths[i + 1] for i in range(len(widths)))


@mistake(
    "the last width is joined with the first",
    "In Python the index −1 is allowed. Which entry is it, and when do you use it?",
)
def index_starts_at_minus_one(widths):
    return sum((widths[i - 1] + 1) * widths[i] for i in range(len(widths)))


@mistake("three widths are used", "The list may have any length. How do you go through neighbouring pairs?")
def three_widths_hard_wired(widths):
    return (widths[0] + 1) * widths[1] + (widths[1] + 1) * widths[2]


@mistake("exactly three widths are expected", "How does one go through a list of any length?")
def three_widths_unpacked(widths):
    inputs, hidden, outputs = widths
    return (inputs + 1) * hidden + (hidden + 1) * outputs


@mistake(
    "every second layer is skipped",
    "A hidden layer receives and sends. In how many pairs of neighbours does it stand?",
)
def every_second_layer(widths):
    return sum((widths[i] + 1) * widths[i + 1] for i in range(0, len(widths) - 1, 2))


@mistake("you count the arrays", "One W and one b a layer: how many numbers are in them?")
def arrays_counted(widths):
    return 2 * (len(widths) - 1)


@mistake("weights and biases are returned apart", "One number is asked for.")
def weights_and_biases_apart(widths):
    return sum(m * n for m, n in pairwise(widths)), sum(widths[1:])


@mistake("the biases are subtracted", "Does a bias make the network larger or smaller?")
def biases_subtracted(widths):
    return sum((m - 1) * n for m, n in pairwise(widths))


@mistake(
    "every layer gets a unit more",
    "The constant 1 is one input more for the next layer. Is it computed by a unit with weights?",
)
def one_more_unit_everywhere(widths):
    return _count([n + 1 for n in widths])


@mistake("your function changes the list", "Print widths before and after the call.")
def widths_taken_out(widths):
    total = 0
    while len(widths) > 1:
        m = widths.pop(0)
        total += (m + 1) * widths[0]
    return total


QUESTION = Question(
    count_parameters,
    "the number of parameters",
    probes=(
        Probe("two layers", _widths(2), "inputs, one hidden layer, outputs"),
        Probe("three layers", _widths(3), "inputs, two hidden layers, outputs"),
        Probe("five layers", _widths(5), "inputs, four hidden layers, outputs"),
        Probe("narrow output", lambda r: ([2, *_widths(1)(r)[0], 1],), "two inputs, one output"),
        Probe("equal", lambda r: ([int(r.integers(4, 9))] * 4,), "four equal widths"),
        Probe("repeated", _repeated, "two neighbouring layers of one width, another width behind them"),
        Probe("no hidden layer", _widths(1), "inputs and outputs, no hidden layer"),
    ),
    properties=(
        values(
            3,
            EXACT,
            on=DEEP,
            name="weights and biases",
            advice="Draw a network with widths 2, 3, 1. Count its lines, then its units with a bias.",
        ),
        values(
            1,
            EXACT,
            on=("no hidden layer",),
            name="no hidden layer",
            advice="m inputs, n outputs and nothing between: one matrix and one vector.",
        ),
        whole_number(1),
        unchanged(1, advice="The list belongs to the caller."),
    ),
    right=(count_in_a_loop, count_by_a_dot_product, count_by_building, count_by_recursion),
    misconceptions=mistakes(globals()),
    further=(
        "Take the shortest failing list. How many matrices does this network have, and which shape has each?",
        "Count the numbers of each W and of each b on paper, layer by layer. Which of them does your function count otherwise?",
    ),
)
