"""log softmax(z)ᵢ = zᵢ − log Σⱼ e^zⱼ."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Question
from mlpkit.questions.ex02_output_units_and_losses.common import (
    ANY,
    EXACT,
    EXTREME,
    HUGE,
    ORDINARY,
    exps,
    log_probabilities,
    probabilities,
)
from mlpkit.questions.ex02_output_units_and_losses.softmax import PROBES


def log_softmax(Z):
    """log softmax(z)ᵢ = zᵢ − log Σⱼ e^zⱼ for every row z of Z, finite also for logits of ±1000.

    Z (N, K) logits, also integers, one example per row -> (N, K); all entries are ≤ 0
    """
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def log_softmax_by_logaddexp(Z):
    """One logsumexp a row."""
    return Z - np.logaddexp.reduce(Z, axis=1)[:, None]


def log_softmax_in_loops(Z):
    """Number by number."""
    result = np.empty(Z.shape)
    for i, z in enumerate(Z):
        top = max(z)
        total = top + np.log(sum(np.exp(value - top) for value in z))
        for j, value in enumerate(z):
            result[i, j] = value - total
    return result


def log_softmax_in_place(Z):
    """In place on an own copy, transposed."""
    T = np.array(Z.T, dtype=float)
    T -= np.max(T, axis=0)
    T -= np.log(np.einsum("kn->n", np.exp(T)))
    return T.T


def log_softmax_by_scipy(Z):
    """SciPy's logsumexp."""
    from scipy.special import logsumexp

    return Z - logsumexp(Z, axis=1, keepdims=True)


@mistake(
    "you take the logarithm of a softmax that was rounded to 0",
    "A probability of e to the −1000 is rounded to 0, and its logarithm is lost. Can you get there without the probability?",
)
def logarithm_of_softmax(Z):
    return np.log(probabilities(Z))


@mistake(
    "the sum of exponentials overflows",
    "The slide's formula as it stands meets e to the 1000. Which shift makes every exponent at most 0?",
)
def overflowing_sum(Z):
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


@mistake(
    "a softmax overflows before you take its logarithm",
    "Two things go wrong for large logits: the exponential, and the logarithm of 0. The difference of a logit and a logarithm avoids both.",
)
def logarithm_of_overflowing_softmax(Z):
    return np.log(np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True))


@mistake(
    "{eps:g} keeps the probability away from 0 in the logarithm",
    "Clipping makes all hopeless classes equal. Are they, when one logit is 1000 below and another 2000?",
    eps=ANY,
)
def logarithm_clipped(Z, eps=1e-15):
    return np.log(np.maximum(probabilities(Z), eps))


@mistake(
    "{eps:g} is added inside the logarithm",
    "That bounds your answer from below. What should it be for a logit that is 2000 below the largest?",
    eps=ANY,
)
def logarithm_kept_above_zero(Z, eps=1e-12):
    return np.log(probabilities(Z) + eps)


@mistake(
    "the probability is clipped to {eps:g} … 1 − {eps:g} before the logarithm",
    "Two bounds, and both show: which logarithm does a certain class get, and which a hopeless one?",
    eps=ANY,
)
def logarithm_clipped_on_both_sides(Z, eps=1e-7):
    return np.log(np.clip(probabilities(Z), eps, 1 - eps))


@mistake(
    "infinite logarithms are replaced afterwards",
    "A replaced infinity is still a lost number. Which step loses it, and can you do without that step?",
)
def infinities_replaced(Z):
    return np.nan_to_num(np.log(probabilities(Z)))


@mistake(
    "one shift is used for all rows",
    "A row 2000 below the largest logit of the batch: what is the sum of its exponentials after your shift?",
)
def one_shift_for_all(Z):
    D = Z - Z.max()
    return D - np.log(np.exp(D).sum(axis=1, keepdims=True))


@mistake(
    "two largest logits count as one",
    "Take a row of two equal logits: each has probability ½. Is that what your answer says?",
)
def largest_counted_once(Z):
    largest = Z.max(axis=1, keepdims=True)
    others = np.where(largest == Z, 0.0, np.exp(Z - largest))
    return Z - largest - np.log1p(others.sum(axis=1, keepdims=True))


@mistake("the smallest logit is subtracted", "Which logit causes the overflow: the smallest or the largest?")
def smallest_subtracted(Z):
    D = Z - Z.min(axis=1, keepdims=True)
    return D - np.log(np.exp(D).sum(axis=1, keepdims=True))


@mistake(
    "the sum runs over an index that does not occur in it",
    "This is the slide's misprint. Which letter should run in the sum, so that all logits of the row take part?",
)
def sum_as_printed_on_the_slide(Z):
    return Z - np.log(Z.shape[1] * np.exp(Z))


@mistake(
    "the shift is made in the sum and not given back",
    "You shifted inside the logarithm only. By how much is the logarithm too small then?",
)
def shift_not_given_back(Z):
    return Z - np.log(exps(Z).sum(axis=1, keepdims=True))


@mistake(
    "the shift counts twice",
    "Take a row of equal logits: the answer is minus the logarithm of K wherever the row lies. Is it yours?",
)
def shift_given_back_twice(Z):
    top = Z.max(axis=1, keepdims=True)
    return Z - top - (top + np.log(exps(Z).sum(axis=1, keepdims=True)))


@mistake("only the first term is shifted", "The shift cancels if both terms have it. Which of yours has?")
def shift_in_the_logarithm_forgotten(Z):
    return Z - Z.max(axis=1, keepdims=True) - np.log(np.exp(Z).sum(axis=1, keepdims=True))


@mistake("the logarithm of the sum is missing", "The formula has two terms. Which is left out?")
def largest_only(Z):
    return Z - Z.max(axis=1, keepdims=True)


@mistake(
    "the sum runs over the whole array", "One example's probabilities add up to 1. Which logits belong to it?"
)
def summed_over_everything(Z):
    D = Z - Z.max()
    return D - np.log(np.exp(D).sum())


@mistake(
    "the sum runs over the examples",
    "Does your sum run along a row or along a column? Where are the classes?",
)
def summed_over_the_examples(Z):
    return log_probabilities(Z.T).T


@mistake("the logarithm of the sum is added", "What becomes of a division when you take the logarithm?")
def logarithm_added(Z):
    D = Z - Z.max(axis=1, keepdims=True)
    return D + np.log(np.exp(D).sum(axis=1, keepdims=True))


@mistake("the logarithm of a sum is taken for a sum of logarithms", "Does log(a + b) equal log a + log b?")
def sum_of_the_logarithms(Z):
    return Z - Z.sum(axis=1, keepdims=True)


@mistake(
    "the sum's logarithm is not taken", "Compare your second term with the formula, function by function."
)
def logarithm_forgotten(Z):
    return Z - Z.max(axis=1, keepdims=True) - exps(Z).sum(axis=1, keepdims=True)


@mistake("the logits are added up without the exponential", "What stands inside the sum?")
def exponential_forgotten(Z):
    D = Z - Z.min(axis=1, keepdims=True)
    return D - np.log(D.sum(axis=1, keepdims=True))


@mistake(
    "the logarithm is taken of the logits", "A logit may be negative. The logarithm of what is asked for?"
)
def logarithm_of_the_logits(Z):
    return np.log(Z) - np.log(np.abs(Z).sum(axis=1, keepdims=True))


@mistake(
    "you return the softmax", "Your numbers are probabilities. What does the name of the function ask for?"
)
def softmax_returned(Z):
    return probabilities(Z)


@mistake(
    "you return the logarithm of each row's sum",
    "That is one number a row: a part of the formula. What is it subtracted from?",
)
def sum_of_a_row_returned(Z):
    return np.logaddexp.reduce(Z, axis=1)


@mistake(
    "each logit has a sigmoid of its own",
    "If one logit grows, what must happen to the other classes of that row?",
)
def logarithm_of_sigmoid(Z):
    return -np.logaddexp(0, -Z)


@mistake("only the first example is returned", "How many rows has Z, and how many your answer?")
def first_row_alone(Z):
    return log_probabilities(Z)[0]


QUESTION = Question(
    log_softmax,
    "L",
    PROBES,
    properties=(
        shape(1),
        values(3, EXACT, on=(*ORDINARY, "ties"), advice="exp of your answer, summed along a row: is it 1?"),
        values(
            2,
            EXACT,
            on=EXTREME,
            name=HUGE,
            advice="The answer is an ordinary number near −1000. Where in between do you leave the range of numbers?",
        ),
        unchanged(1),
    ),
    right=(log_softmax_by_logaddexp, log_softmax_in_loops, log_softmax_in_place, log_softmax_by_scipy),
    misconceptions=mistakes(globals()),
    further=(
        "Two equal logits give twice −log 2 = −0.693, wherever they lie: at 0, at 1000, at −1000. Try the three.",
        "The logarithm of a quotient is a difference: a logit minus the logarithm of a sum. Only the sum needs a shift, and gives it back.",
    ),
)
