"""The question `bump_edges`: n pieces, and one edge more."""

import numpy as np

from mlpkit.exercises.comparisons import shape, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex07_universal_approximation.common import EXACT


def bump_edges(n):
    """The edges of n equal pieces of [0, 1], from 0 to 1.

    n ≥ 1, an integer -> (n + 1,)
    """
    return np.linspace(0, 1, n + 1)


def edges_by_division(n):
    """Whole numbers first."""
    return np.arange(n + 1) / n


def edges_one_by_one(n):
    """A list."""
    return [i / n for i in range(n + 1)]


def edges_by_adding_widths(n):
    """A running sum."""
    return np.concatenate([[0.0], np.cumsum(np.full(n, 1 / n))])


FENCE = "A fence of n fields has how many posts?"


@mistake("n edges make n − 1 pieces", FENCE)
def one_edge_missing(n):
    return np.linspace(0, 1, n)


@mistake("the right end is missing", FENCE + " Where does the last piece end?")
def right_end_missing(n):
    return np.arange(n) / n


@mistake("the left end is missing", FENCE + " Where does the first piece begin?")
def left_end_missing(n):
    return np.arange(1, n + 1) / n


@mistake(
    "both ends are missing",
    "0 and 1 are edges as well: the first piece begins there, the last one ends there.",
)
def both_ends_missing(n):
    return np.arange(1, n) / n


@mistake("the last edge is not 1", "How wide is a piece if n of them fill [0, 1]?")
def ends_of_fewer_pieces(n):
    return np.arange(n + 1) / (n + 1)


@mistake("the middles of the pieces are returned", "Asked for is where the pieces begin and end.")
def middles(n):
    return (np.arange(n) + 0.5) / n


@mistake(
    "the widths of the pieces are returned", "Asked for is where the pieces begin and end: add the widths up."
)
def widths(n):
    return np.full(n, 1 / n)


@mistake("the edges run from −1 to 1", "Which interval is it?")
def from_minus_one(n):
    return np.linspace(-1, 1, n + 1)


@mistake(
    "a range with a step of 1/n is taken",
    "With a step that is rounded, a range may miss its end or run over it: try n = 6, and count.",
)
def steps_of_floats(n):
    return np.arange(0, 1 + 1 / n, 1 / n)


@mistake("pairs of edges are returned", "Neighbouring pieces share an edge: write it once.")
def pairs(n):
    return np.stack([np.arange(n) / n, np.arange(1, n + 1) / n], axis=1)


@mistake("the pieces grow from left to right", "Equal pieces are asked for.")
def logarithmic(n):
    return np.concatenate([[0.0], np.logspace(-2, 0, n)])


@mistake(
    "the pieces are narrower at the ends",
    "Such points are good for polynomials. Equal pieces are asked for here.",
)
def narrower_at_the_ends(n):
    return (1 - np.cos(np.pi * np.arange(n + 1) / n)) / 2


QUESTION = Question(
    bump_edges,
    "edges",
    probes=tuple(Probe(f"{n}", lambda r, n=n: (n,), f"n = {n}") for n in (1, 2, 5, 6, 9, 40, 49)),
    properties=(
        shape(1, advice=FENCE),
        values(
            1,
            EXACT,
            on=("1", "2", "5"),
            name="few pieces",
            advice="Write down the edges of two pieces, and of five.",
        ),
        values(
            1,
            EXACT,
            on=("6", "9", "40", "49"),
            name="many pieces",
            advice="How many edges come out, and is the last one exactly 1?",
        ),
    ),
    right=(edges_by_division, edges_one_by_one, edges_by_adding_widths),
    varies=False,
    misconceptions=mistakes(globals()),
    further=(
        "Write down all edges of three pieces: how many numbers are there, which is the first, which the last, and how far are they apart?",
        "Number the edges from 0 on. How far to the right is edge number i, if all n pieces together are 1 long? And up to which i must you go?",
    ),
)
