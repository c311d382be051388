"""dJ/dZ = (s − y)/N."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.records import Misconception, Question
from mlpkit.questions.ex02_output_units_and_losses import softmax_cross_entropy_grad_mistakes as wrong
from mlpkit.questions.ex02_output_units_and_losses.common import (
    EXACT,
    EXTREME,
    HUGE,
)
from mlpkit.questions.ex02_output_units_and_losses.cross_entropy import ORDINARY, PROBES
from mlpkit.questions.ex02_output_units_and_losses.softmax import softmax


def softmax_cross_entropy_grad(Z, y):
    """dJ/dZ of J = mean of −log softmax(z)_y over the batch.

    Z (N, K) logits, one example per row; y (N,) integer labels 0 … K − 1 -> dJ/dZ (N, K)
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
    misconceptions=(
        Misconception(
            wrong.softmax_overflows,
            "the exponential overflows inside the softmax",
            "The gradient of a certain mistake is an ordinary number. Which shift keeps the exponentials ordinary?",
        ),
        Misconception(
            wrong.one_shift_for_all,
            "one shift is used for all rows",
            "Each row has its own largest logit. What is left of a row that lies 2000 below yours?",
        ),
        Misconception(
            wrong.divided_by_a_probability_of_zero,
            "you divide by a probability that was rounded to 0",
            "Multiply the two derivatives on paper first: what cancels?",
        ),
        Misconception(
            wrong.divided_by_a_clipped_probability,
            "you divide by a probability that was clipped",
            "Where the network is most wrong, your gradient is 0 and it learns nothing. What cancels on paper?",
        ),
        Misconception(
            wrong.batch_size_forgotten,
            "the mean over the batch is missing",
            "J is a mean. What does that do to each example's part of its derivative?",
        ),
        Misconception(
            wrong.label_minus_softmax,
            "the sign is turned",
            "Raise the label's logit a little: does J grow or shrink? So what sign has its derivative?",
        ),
        Misconception(
            wrong.label_minus_softmax_and_no_mean,
            "the sign is turned and the mean is missing",
            "Two things: a step against the gradient should lower J, and J is a mean over the batch.",
        ),
        Misconception(
            wrong.divided_by_the_classes,
            "you divide by the number of classes",
            "The mean in J runs over which axis of Z?",
        ),
        Misconception(
            wrong.divided_by_all_entries,
            "you divide by N and by K",
            "J adds one term for each example. How many terms does its mean have?",
        ),
        Misconception(
            wrong.divided_twice,
            "you divide by N twice",
            "Once is for the mean. Where does the second division come from?",
        ),
        Misconception(
            wrong.label_not_subtracted,
            "the label is not subtracted",
            "A perfect network should get a gradient of 0. Does it get that from yours?",
        ),
        Misconception(
            wrong.label_subtracted_from_the_logits,
            "logits are used where probabilities belong",
            "Which two distributions does the gradient compare?",
        ),
        Misconception(
            wrong.label_subtracted_everywhere,
            "the label's number is subtracted from every class",
            "Label 2 is the name of a column. What is subtracted there, and what elsewhere?",
        ),
        Misconception(
            wrong.label_subtracted_after_the_mean,
            "only the softmax is divided by N",
            "Each row should add up to 0. What do yours add up to?",
        ),
        Misconception(
            wrong.one_subtracted_everywhere,
            "1 is subtracted from every class",
            "How many labels has one example?",
        ),
        Misconception(
            wrong.columns_reduced,
            "1 is subtracted in whole columns",
            "You need one entry of each row. How many entries does your index reach?",
        ),
        Misconception(
            wrong.labels_counted_from_one, "the labels are counted from 1", "Which column belongs to label 0?"
        ),
        Misconception(
            wrong.label_column_only,
            "only the label's logit gets a gradient",
            "If another class's logit grows, does the label's probability stay?",
        ),
        Misconception(
            wrong.other_columns_only,
            "the label's logit gets no gradient",
            "If the label's own logit grows, does J stay?",
        ),
        Misconception(
            wrong.derivative_by_the_probabilities,
            "you stop at the derivative by the probabilities",
            "J depends on S, and S on Z. Which half of the chain rule is missing?",
        ),
        Misconception(
            wrong.squared_error_gradient,
            "it is the gradient of the squared error",
            "With which loss does the softmax's own derivative cancel?",
        ),
        Misconception(
            wrong.derivative_of_softmax_counted_twice,
            "the derivative of the softmax is multiplied in again",
            "The plain difference already contains the softmax's derivative. What did it cancel with?",
        ),
        Misconception(
            wrong.factor_two,
            "there is a factor 2",
            "A 2 comes from a square. Is there a square in the cross-entropy?",
        ),
        Misconception(
            wrong.log_softmax_minus_label,
            "the log-softmax stands where the softmax belongs",
            "A perfect network: which of the two is 1 at the label?",
        ),
        Misconception(
            wrong.sigmoid_instead_of_softmax,
            "a sigmoid stands where the softmax belongs",
            "Each row of the gradient adds up to 0, for the probabilities add up to 1. Do yours?",
        ),
        Misconception(
            wrong.softmax_over_the_examples,
            "the softmax runs over the examples",
            "Which entries of Z belong to one example?",
        ),
        Misconception(
            wrong.softmax_over_everything,
            "the softmax runs over the whole array",
            "Does a new row in the batch change the probabilities of the others?",
        ),
        Misconception(
            wrong.exponentials_not_normalised,
            "the exponentials are not normalised",
            "Between the exponential and the probability a step is missing. Which?",
        ),
        Misconception(
            wrong.winner_instead_of_softmax,
            "the most probable class stands where the softmax belongs",
            "Your gradient is 0 as soon as the answer is right. Is J 0 then?",
        ),
        Misconception(
            wrong.summed_over_the_batch,
            "the examples are added up",
            "Z has N · K entries. How many derivatives are asked for?",
        ),
        Misconception(
            wrong.one_number_for_each_example,
            "you return the label's entry alone",
            "Do the other logits of a row have no influence on J?",
        ),
        Misconception(
            wrong.loss_returned,
            "you return the loss itself",
            "The question is how J changes, and not how large it is.",
        ),
        Misconception(
            wrong.classes_as_rows,
            "the result is transposed",
            "dJ/dZ lies on Z: which entry belongs to which?",
        ),
        Misconception(
            wrong.as_many_classes_as_labels_seen,
            "the one-hot rows have as many columns as labels occur",
            "The last class may be missing from a batch. Who knows how many classes there are?",
        ),
        Misconception(
            wrong.first_label_for_all,
            "the first label is used for all examples",
            "Each row has its own label.",
        ),
        Misconception(
            wrong.difference_quotient,
            "you measure the slope from one side",
            "A measured slope is a good test and no formula: its digits are few. Derive it on paper.",
        ),
        Misconception(
            wrong.label_logits_overwritten,
            "your function overwrites Z",
            "In which array do you subtract the 1? Does it belong to you?",
        ),
    ),
)
