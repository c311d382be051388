"""softmax(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex02_output_units_and_losses.common import (
    EXACT,
    EXTREME,
    HUGE,
    ORDINARY,
    deep,
    exps,
    level,
    log_probabilities,
    logits,
    probabilities,
    spread,
    ties,
    unlikely,
    whole,
)


def softmax(Z):
    """softmax(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ for every row z of Z, without overflow for logits of ±1000.

    Z (N, K) logits, also integers, one example per row -> (N, K); every row sums to 1
    """
    shifted = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(shifted)
    return E / E.sum(axis=1, keepdims=True)


def softmax_row_by_row(Z):
    """One row after the other."""
    rows = []
    for z in Z:
        e = [np.exp(value - max(z)) for value in z]
        rows.append([value / sum(e) for value in e])
    return np.array(rows)


def softmax_by_differences(Z):
    """1 / Σⱼ e^(zⱼ − zᵢ): an overflow to inf is right here, and gives 0."""
    with np.errstate(over="ignore"):
        return 1 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(axis=2)


def softmax_from_its_logarithm(Z):
    """exp(z − logsumexp z), by logaddexp."""
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1)[:, np.newaxis])


def softmax_of_columns(Z):
    """Transposed, in place on an own copy."""
    T = np.array(Z.T, dtype=float)
    T -= T.max(axis=0)
    np.exp(T, out=T)
    T /= T.sum(axis=0)
    return T.T


def _with_gaps(r):
    return (Built("functions.strided", {"values": (r.normal(size=(2, 6)) / 2).round(3)}),)


PROBES = (
    Probe("wide", logits(5, 3), "Z is (5, 3)"),
    Probe("square", logits(4, 4), "Z is (4, 4)"),
    Probe("one", logits(1, 4), "Z is (1, 4)"),
    Probe("flat", _with_gaps, "Z is (2, 6), with gaps in memory"),
    Probe("whole", lambda r: (whole(r),), "integer logits"),
    Probe("unlikely", lambda r: (unlikely(r),), "one class is very improbable"),
    Probe("ties", lambda r: (ties(r),), "rows whose largest logit stands twice"),
    Probe("level", lambda r: (level(r),), "whole rows near 1000, −1000 and 0"),
    Probe("spread", lambda r: (spread(r),), "1000, −1000 and 0 in one row"),
    Probe("deep", lambda r: (deep(r),), "all logits near −1000"),
)


@mistake(
    "the exponential overflows",
    "e to the 1000 is too large for a computer. What can you subtract from a whole row without changing its softmax?",
)
def not_shifted(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


@mistake(
    "infinity divided by infinity is replaced by a number",
    "Hiding a nan does not make the answer right. Avoid the overflow before it happens.",
)
def nan_replaced(Z):
    return np.nan_to_num(not_shifted(Z))


@mistake(
    "one shift is used for all rows",
    "A row far below the largest logit of the batch becomes 0 divided by 0. Which logits does a row depend on?",
)
def shifted_by_the_largest_of_all(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=1, keepdims=True)


@mistake(
    "the first logit of a row is subtracted",
    "Any constant would do on paper. Which logit must not end up far above 0?",
)
def shifted_by_the_first(Z):
    E = np.exp(Z - Z[:, :1])
    return E / E.sum(axis=1, keepdims=True)


@mistake(
    "the logits are shifted only where one of them is large",
    "Take a batch with all logits near −1000: what do its exponentials add up to?",
)
def shifted_only_when_large(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True) * (Z.max() > 700))
    return E / E.sum(axis=1, keepdims=True)


@mistake(
    "the smallest logit is subtracted",
    "After your shift all exponents are above 0. Should they be above or below, so that nothing overflows?",
)
def shifted_by_the_smallest(Z):
    E = np.exp(Z - Z.min(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@mistake(
    "the shift is an absolute value",
    "A row of logits near −1000: where does your shift move it, and what are all its exponentials then?",
)
def shifted_by_the_largest_size(Z):
    E = np.exp(Z - np.abs(Z).max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@mistake(
    "large logits are clipped",
    "1000 and 998 are different logits. Are they still, after you have clipped them?",
    bound=between(1, 990),
)
def exponents_clipped(Z, bound=500.0):
    return probabilities(np.clip(Z, -bound, bound))


@mistake(
    "the logits are divided to make them small",
    "Adding the same number to all logits changes nothing. Does scaling them change nothing, too?",
)
def logits_rescaled(Z):
    return probabilities(Z / np.abs(Z).max())


@mistake(
    "the shift runs over the examples",
    "A shift is harmless only when it is the same for all logits of one example. Is yours?",
)
def largest_of_each_column_subtracted(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=1, keepdims=True)


@mistake("only the numerator is shifted", "A shift cancels only if it stands above and below the line.")
def shift_above_the_line_only(Z):
    return exps(Z) / np.exp(Z).sum(axis=1, keepdims=True)


@mistake(
    "only the denominator is shifted",
    "The sum below adds up the numbers that stand above. Does yours, after the shift?",
)
def shift_below_the_line_only(Z):
    return np.exp(Z) / exps(Z).sum(axis=1, keepdims=True)


@mistake(
    "the shift has the wrong sign",
    "The largest exponent should become 0. What does it become in your function?",
)
def largest_added(Z):
    E = np.exp(Z + Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@mistake(
    "the whole array sums to 1",
    "Each example has its own list of probabilities. What does each row have to sum to?",
)
def summed_over_everything(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()


@mistake("the columns sum to 1 instead of the rows", "Along which axis do the classes of one example lie?")
def summed_over_the_examples(Z):
    return probabilities(Z.T).T


@mistake(
    "the shift goes by rows, but the whole array sums to 1",
    "Your shift treats each example by itself. Does your sum, too?",
)
def shifted_by_rows_and_summed_over_everything(Z):
    return exps(Z) / exps(Z).sum()


@mistake(
    "the shift goes by rows, but the sum runs down the columns",
    "Shift and sum belong to one example. Along which axis do its classes lie?",
)
def shifted_by_rows_and_summed_over_the_examples(Z):
    return exps(Z) / exps(Z).sum(axis=0)


@mistake(
    "the exponentials are not divided by their sum",
    "Probabilities of one example add up to 1. What do yours add up to?",
)
def not_normalised(Z):
    return exps(Z)


@mistake(
    "you return the exponentials alone", "The slide's formula is a fraction. What stands below the line?"
)
def exponentials_alone(Z):
    return np.exp(Z)


@mistake(
    "the exponential is missing",
    "Logits may be negative, probabilities may not. Which function of the slide takes care of that?",
)
def exponential_forgotten(Z):
    return Z / Z.sum(axis=1, keepdims=True)


@mistake(
    "the logits themselves are normalised",
    "Your smallest class always has probability 0. Can a softmax be 0 for ordinary logits?",
)
def shifted_logits_normalised(Z):
    D = Z - Z.min(axis=1, keepdims=True)
    return D / D.sum(axis=1, keepdims=True)


@mistake(
    "the distances to the largest logit are normalised",
    "Your most probable class gets 0. After the shift one step of the formula is left out: which?",
)
def distances_normalised(Z):
    D = Z - Z.max(axis=1, keepdims=True)
    return D / D.sum(axis=1, keepdims=True)


@mistake(
    "the base of the powers is {base:.4g}",
    "Which number is raised to the power z on the slide?",
    base=between(1.01, 1000),
)
def powers_of_two(Z, base=2.0):
    E = base ** (Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@mistake(
    "each logit has a sigmoid of its own",
    "The classes exclude each other: if one becomes more probable, what happens to the others?",
)
def sigmoid_of_every_logit(Z):
    return np.exp(-np.logaddexp(0, -Z))


@mistake(
    "the largest logit gets everything",
    "Softmax is the soft version of what you computed. What do the other classes get?",
)
def winner_takes_all(Z):
    return np.eye(Z.shape[1])[Z.argmax(axis=1)]


@mistake(
    "you return the winning class",
    "One number for each class is asked for. Which of them is the largest is another question.",
)
def winner_named(Z):
    return Z.argmax(axis=1)


@mistake(
    "you return the logarithm of the softmax",
    "Your numbers are negative. What has to be done to get probabilities?",
)
def logarithm_returned(Z):
    return log_probabilities(Z)


@mistake(
    "{eps:g} is added below the line",
    "After the right shift the sum is at least 1. Does it need protection from zero?",
    eps=between(3e-10, 1),
)
def small_number_added(Z, eps=1e-8):
    return exps(Z) / (exps(Z).sum(axis=1, keepdims=True) + eps)


@mistake(
    "the probabilities are kept between {eps:g} and 1 minus that",
    "Probabilities may be as small as they are. Do your rows still add up to 1?",
    eps=between(1e-12, 0.1),
)
def probabilities_clipped(Z, eps=1e-7):
    return np.clip(probabilities(Z), eps, 1 - eps)


@mistake(
    "probabilities below {eps:g} are replaced by it",
    "A row adds up to 1 before this step. What does it add up to afterwards?",
    eps=between(1e-12, 0.1),
)
def probabilities_kept_above(Z, eps=1e-7):
    return np.maximum(probabilities(Z), eps)


@mistake("only the first example is returned", "How many examples are there, and how many answers?")
def first_row_alone(Z):
    return probabilities(Z)[0]


QUESTION = Question(
    softmax,
    "S",
    PROBES,
    properties=(
        shape(1),
        values(
            3, EXACT, on=(*ORDINARY, "ties"), advice="Take one row with two logits and compute it by hand."
        ),
        values(
            2,
            EXACT,
            on=EXTREME,
            name=HUGE,
            advice="Only differences of logits count. Which constant may you subtract from a row, so that no exponent is large?",
        ),
        unchanged(1),
    ),
    right=(softmax_row_by_row, softmax_by_differences, softmax_from_its_logarithm, softmax_of_columns),
    misconceptions=mistakes(globals()),
    further=(
        "Take a row of two logits, 0 and log 3: the softmax is ¼ and ¾. Then add 1000 to both: the same numbers should come.",
        "Three steps for each row: a shift that makes its largest logit 0, the exponentials, their sum. Print the shape after each step; each sum must stand beside its own row.",
    ),
)
