"""The question `shallow_units_needed`: what the same sawtooth costs with one hidden layer."""

import numpy as np

from mlpkit.exercises.comparisons import values, whole_number
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex08_advantages_of_depth.common import COUNT


def shallow_units_needed(k):
    """The fewest ReLU units with which ONE hidden layer equals the sawtooth of k folds on [0, 1].

    The output is linear with a bias, and nothing leads past the hidden layer (so the slope outside the kinks
    must come from a unit, too). k ≥ 1 -> an integer
    """
    return 2**k


def needed_by_doubling(k):
    """Every fold doubles the pieces."""
    count = 1
    for _ in range(k):
        count *= 2
    return count


def needed_by_kinks(k):
    """Kinks first: between 2ᵏ pieces; then the unit for the slope before the first kink."""
    pieces = 1 << k
    kinks = pieces - 1
    return np.int64(kinks + 1)


def needed_recursively(k):
    """Twice as many as for one fold less."""
    return 2 * (needed_recursively(k - 1) if k > 1 else 1)


@mistake(
    "there is one unit for every kink, and none for the outer slope",
    "All units off: a constant. Who makes the slope before the first kink, where nothing leads past the hidden layer?",
)
def only_the_kinks(k):
    return 2**k - 1


@mistake("there is one unit too many", "How many kinks are between n pieces?")
def pieces_plus_one(k):
    return 2**k + 1


@mistake(
    "the number is what the deep network needs",
    "Two units a fold are enough where the folds stand on top of each other. One layer adds: every kink costs a unit.",
)
def two_for_every_fold(k):
    return 2 * k


@mistake("only the peaks are counted", "A valley is a kink as well.")
def only_the_peaks(k):
    return 2 ** (k - 1)


@mistake(
    "there are two units for every piece",
    "A ReLU changes the slope once, and the piece after it goes on by itself. How many units does one kink take?",
)
def two_for_every_piece(k):
    return 2 ** (k + 1)


@mistake("peaks are counted, and one more", "Between two peaks there is a valley. Who makes its kink?")
def two_for_every_peak_and_one(k):
    return 2 ** (k - 1) + 1


@mistake(
    "a square is taken instead of a power", "Compare k = 5 and k = 6: does one more fold double your number?"
)
def square_instead_of_power(k):
    return k**2


@mistake("^ is taken for a power", "Print 2 ^ 3. What is the operator for powers?")
def bitwise_xor(k):
    return 2 ^ k


@mistake(
    "there is one unit for every fold",
    "One hidden layer cannot fold what another one folded. Count straight pieces.",
)
def one_for_every_fold(k):
    return k


@mistake(
    "there is one unit for every fold and one more",
    "Does a fold add a kink, or does it double what is there? Draw k = 3.",
)
def one_for_every_fold_and_one(k):
    return k + 1


@mistake(
    "there are two units for every fold and one more",
    "That many kinks fit k = 1. How many new ones does the third fold make?",
)
def two_for_every_fold_and_one(k):
    return 2 * k + 1


@mistake("there are two units for every kink", "How many kinks does one ReLU have?")
def twice_the_kinks(k):
    return 2 * (2**k - 1)


@mistake(
    "the parameters of the deep network are counted",
    "The question asks for units of another network, the one with a single hidden layer.",
)
def as_the_deep_network_has_parameters(k):
    return 4 + 6 * (k - 1) + 3


@mistake(
    "a power of {base:.4g} is taken, not of 2",
    "By which factor does one more fold multiply the number of straight pieces?",
    base=between(1.1, 30),
)
def another_base(k, base=3.0):
    return np.floor(base**k)


@mistake(
    "the number is not quite whole",
    "A logarithm or an exponential rounds. Twice 2 is 4 exactly: which operation with whole numbers doubles?",
)
def not_quite_whole(k):
    return np.exp(k * np.log(2))


QUESTION = Question(
    shallow_units_needed,
    "units",
    probes=tuple(Probe(f"k = {k}", lambda r, k=k: (k,), f"k = {k}") for k in (1, 2, 3, 5, 10)),
    properties=(
        whole_number(),
        values(
            1,
            COUNT,
            on=("k = 1", "k = 2"),
            name="few folds",
            advice="Draw the sawtooth of two folds and count its kinks. Which unit makes the slope before the first?",
        ),
        values(
            2,
            COUNT,
            on=("k = 3", "k = 5", "k = 10"),
            name="many folds",
            advice="What does one more fold do to the number of straight pieces?",
        ),
    ),
    right=(needed_by_doubling, needed_by_kinks, needed_recursively),
    varies=False,
    misconceptions=mistakes(globals()),
    further=(
        "Draw the sawtooths of one, two and three folds, and count for each its straight pieces and its kinks. What does your function say for the three?",
        "Each kink takes a unit, as a ReLU changes the slope once. Left of the first kink all these units are off: is the curve level there?",
    ),
)
