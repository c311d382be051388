"""dJ/dZ = (s − y)/N."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Question
from mlpkit.questions.ex02_output_units_and_losses.common import (
    ANY,
    EXACT,
    EXTREME,
    HUGE,
    exps,
    log_probabilities,
    one_hot,
    picked,
    probabilities,
)
from mlpkit.questions.ex02_output_units_and_losses.cross_entropy import ORDINARY, PROBES
from mlpkit.questions.ex02_output_units_and_losses.softmax import softmax


def softmax_cross_entropy_grad(Z, y):
    """dJ/dZ of J = mean of −log softmax(z)_y over the batch; the gradient alone, without J.

    Z (N, K) logits, one example per row; y (N,) integer labels 0 … K − 1, not one-hot rows -> dJ/dZ (N, K)
    """
    S = softmax(Z)
    S[np.arange(len(y)), y] -= 1
    return S / len(y)


def gradient_with_one_hot(Z, y):
    """One-hot labels."""
    E = np.exp(Z - np.max(Z, axis=1)[:, None])
    S = E / np.sum(E, axis=1)[:, None]
    Y = np.zeros_like(Z)
    Y[range(len(y)), y] = 1.0
    return (S - Y) / Z.shape[0]


def gradient_in_loops(Z, y):
    """Entry by entry."""
    n, k = Z.shape
    G = np.zeros((n, k))
    for i in range(n):
        top = max(Z[i])
        total = sum(np.exp(value - top) for value in Z[i])
        for j in range(k):
            G[i, j] = (np.exp(Z[i, j] - top) / total - (j == y[i])) / n
    return G


def gradient_from_the_logarithm(Z, y):
    """exp of log-softmax, in place on an own array."""
    G = np.exp(Z - np.logaddexp.reduce(Z, axis=-1, keepdims=True))
    G -= np.arange(Z.shape[1]) == y[:, np.newaxis]
    G *= 1 / len(G)
    return G


def gradient_by_the_chain_rule(Z, y):
    """Through the logarithm of the label's softmax: no division by a probability near 0 is left."""
    S, Y = softmax(Z), np.eye(Z.shape[1])[y]
    jacobians = np.eye(Z.shape[1]) - S[:, None, :]
    return -np.einsum("nij,ni->nj", jacobians, Y) / len(Z)


def _grad(Z, y):
    return (probabilities(Z) - one_hot(Z, y)) / len(y)


@mistake(
    "the exponential overflows inside the softmax",
    "The gradient of a certain mistake is an ordinary number. Which shift keeps the exponentials ordinary?",
)
def softmax_overflows(Z, y):
    S = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return (S - one_hot(Z, y)) / len(y)


@mistake(
    "one shift is used for all rows",
    "Each row has its own largest logit. What is left of a row that lies 2000 below yours?",
)
def one_shift_for_all(Z, y):
    E = np.exp(Z - Z.max())
    return (E / E.sum(axis=1, keepdims=True) - one_hot(Z, y)) / len(y)


@mistake(
    "you divide by a probability that was rounded to 0",
    "Multiply the two derivatives on paper first: what cancels?",
)
def divided_by_a_probability_of_zero(Z, y):
    S, Y = probabilities(Z), one_hot(Z, y)
    G = -Y / S / len(y)
    return S * (G - (G * S).sum(axis=1, keepdims=True))


@mistake(
    "you divide by a probability that was clipped",
    "Where the network is most wrong, your gradient is 0 and it learns nothing. What cancels on paper?",
    eps=ANY,
)
def divided_by_a_clipped_probability(Z, y, eps=1e-12):
    S, Y = probabilities(Z), one_hot(Z, y)
    G = -Y / np.maximum(S, eps) / len(y)
    return S * (G - (G * S).sum(axis=1, keepdims=True))


@mistake(
    "you divide by a probability plus {eps:g}",
    "Beside the small number a small probability counts for little. What cancels on paper?",
    eps=between(1e-15, 0.1),
)
def divided_by_a_probability_and_a_small_number(Z, y, eps=1e-8):
    S, Y = probabilities(Z), one_hot(Z, y)
    G = -Y / (S + eps) / len(y)
    return S * (G - (G * S).sum(axis=1, keepdims=True))


@mistake(
    "the probabilities are clipped to {eps:g} … 1 − {eps:g}",
    "The gradient has no logarithm in it. What is the clipping to protect it from?",
    eps=between(1e-12, 0.1),
)
def probabilities_clipped(Z, y, eps=1e-8):
    return (np.clip(probabilities(Z), eps, 1 - eps) - one_hot(Z, y)) / len(y)


@mistake(
    "{eps:g} is added below the line of the softmax",
    "Your probabilities add up to a little less than 1. From what is the small number to protect?",
    eps=between(3e-10, 1),
)
def small_number_added(Z, y, eps=1e-8):
    S = exps(Z) / (exps(Z).sum(axis=1, keepdims=True) + eps)
    return (S - one_hot(Z, y)) / len(y)


@mistake("you divide by the number of classes", "The mean in J runs over which axis of Z?")
def divided_by_the_classes(Z, y):
    return _grad(Z, y) * len(y) / Z.shape[1]


@mistake(
    "the label is not subtracted",
    "A perfect network should get a gradient of 0. Does it get that from yours?",
)
def label_not_subtracted(Z, y):
    return probabilities(Z) / len(y)


@mistake("logits are used where probabilities belong", "Which two distributions does the gradient compare?")
def label_subtracted_from_the_logits(Z, y):
    return (Z - one_hot(Z, y)) / len(y)


@mistake(
    "the label's number is subtracted from every class",
    "Label 2 is the name of a column. What is subtracted there, and what elsewhere?",
)
def label_subtracted_everywhere(Z, y):
    return (probabilities(Z) - y[:, None]) / len(y)


@mistake(
    "your function expects y as one-hot rows",
    "Here y has one axis: N labels, and S has N rows. In which entry of its row does each label subtract something?",
)
def one_hot_rows_expected(Z, y):
    return (probabilities(Z) - y) / len(y)


@mistake(
    "your function expects y as one-hot rows, and looks for the largest entry of each",
    "Here y holds the labels already: N whole numbers. What is left to look for?",
)
def largest_of_one_hot_rows(Z, y):
    return (probabilities(Z) - one_hot(Z, np.argmax(y, axis=1))) / len(y)


@mistake(
    "your function expects one example per column",
    "The docstring says where an example lies: in a row or in a column? Then axes and N follow.",
)
def one_example_per_column(Z, y):
    return (probabilities(Z.T).T - one_hot(Z, y)) / Z.shape[1]


@mistake(
    "the label is added",
    "A perfect network should get a gradient of 0. Which way should the label's logit be pushed?",
)
def label_added(Z, y):
    return (probabilities(Z) + one_hot(Z, y)) / len(y)


@mistake("only the softmax is divided by N", "Each row should add up to 0. What do yours add up to?")
def label_subtracted_after_the_mean(Z, y):
    return probabilities(Z) / len(y) - one_hot(Z, y)


@mistake(
    "1 is subtracted in whole columns",
    "You need one entry of each row. How many entries does your index reach?",
)
def columns_reduced(Z, y):
    S = probabilities(Z)
    S[:, y] -= 1
    return S / len(y)


@mistake(
    "only the label's logit gets a gradient",
    "If another class's logit grows, does the label's probability stay?",
)
def label_column_only(Z, y):
    return one_hot(Z, y) * _grad(Z, y)


@mistake(
    "you stop at the derivative by the probabilities",
    "J depends on S, and S on Z. Which half of the chain rule is missing?",
)
def derivative_by_the_probabilities(Z, y):
    return -one_hot(Z, y) / probabilities(Z) / len(y)


@mistake(
    "it is the gradient of the squared error", "With which loss does the softmax's own derivative cancel?"
)
def squared_error_gradient(Z, y):
    S = probabilities(Z)
    G = 2 * (S - one_hot(Z, y)) / len(y)
    return S * (G - (G * S).sum(axis=1, keepdims=True))


@mistake(
    "the derivative of the softmax is multiplied in again",
    "The plain difference already contains the softmax's derivative. What did it cancel with?",
)
def derivative_of_softmax_counted_twice(Z, y):
    S = probabilities(Z)
    return (S - one_hot(Z, y)) * S * (1 - S) / len(y)


@mistake(
    "you divide by s(1 − s), as for a sigmoid",
    "That quotient belongs to another unit, and cancels there. What is left of it with a softmax?",
    eps=ANY,
)
def divided_by_the_slope_of_a_sigmoid(Z, y, eps=1e-12):
    S = probabilities(Z)
    return (S - one_hot(Z, y)) / np.maximum(S * (1 - S), eps) / len(y)


@mistake(
    "the log-softmax stands where the softmax belongs",
    "A perfect network: which of the two is 1 at the label?",
)
def log_softmax_minus_label(Z, y):
    return (log_probabilities(Z) - one_hot(Z, y)) / len(y)


@mistake(
    "a sigmoid stands where the softmax belongs",
    "Each row of the gradient adds up to 0, for the probabilities add up to 1. Do yours?",
)
def sigmoid_instead_of_softmax(Z, y):
    return (np.exp(-np.logaddexp(0, -Z)) - one_hot(Z, y)) / len(y)


@mistake("the softmax runs over the examples", "Which entries of Z belong to one example?")
def softmax_over_the_examples(Z, y):
    return (probabilities(Z.T).T - one_hot(Z, y)) / len(y)


@mistake(
    "the softmax runs over the whole array",
    "Does a new row in the batch change the probabilities of the others?",
)
def softmax_over_everything(Z, y):
    E = np.exp(Z - Z.max())
    return (E / E.sum() - one_hot(Z, y)) / len(y)


@mistake(
    "the exponentials are not normalised",
    "Between the exponential and the probability a step is missing. Which?",
)
def exponentials_not_normalised(Z, y):
    return (exps(Z) - one_hot(Z, y)) / len(y)


@mistake(
    "the most probable class stands where the softmax belongs",
    "Your gradient is 0 as soon as the answer is right. Is J 0 then?",
)
def winner_instead_of_softmax(Z, y):
    return (np.eye(Z.shape[1])[Z.argmax(axis=1)] - one_hot(Z, y)) / len(y)


@mistake("you return the loss itself", "The question is how J changes, and not how large it is.")
def loss_returned(Z, y):
    return -picked(log_probabilities(Z), y).mean()


@mistake(
    "the one-hot rows have as many columns as labels occur",
    "The last class may be missing from a batch. Who knows how many classes there are?",
)
def as_many_classes_as_labels_seen(Z, y):
    return (probabilities(Z) - np.eye(y.max() + 1)[y]) / len(y)


@mistake(
    "you measure the slope from one side",
    "A measured slope is a good test and no formula: its digits are few. Derive it on paper.",
)
def difference_quotient(Z, y):
    G, h = np.zeros(Z.shape), 1e-6
    for i in np.ndindex(*Z.shape):
        moved = Z.copy()
        moved[i] += h
        up, down = (-picked(log_probabilities(A), y).mean() for A in (moved, Z))
        G[i] = (up - down) / h
    return G


QUESTION = Question(
    softmax_cross_entropy_grad,
    "dJ/dZ",
    PROBES,
    properties=(
        shape(1, advice="A derivative has the shape of what it is the derivative by."),
        values(
            3,
            EXACT,
            on=ORDINARY,
            advice="Each row of dJ/dZ adds up to 0. Where are the positive entries, where the negative one?",
        ),
        values(
            2,
            EXACT,
            on=(*EXTREME, "certain"),
            name=HUGE,
            advice="No entry of dJ/dZ is larger than 1/N. Where does your way to it leave that range?",
        ),
        unchanged(1),
    ),
    right=(
        gradient_with_one_hot,
        gradient_in_loops,
        gradient_from_the_logarithm,
        gradient_by_the_chain_rule,
    ),
    misconceptions=mistakes(globals()),
    further=(
        "Take one example with two equal logits and label 0: the entries are −½ and ½. With the same example twice they are −¼ and ¼.",
        "For each example the gradient compares two rows that both add up to 1: one that the network gives, one that the label stands for. Then the mean of J is left to do.",
    ),
)
