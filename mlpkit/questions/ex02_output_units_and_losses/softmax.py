"""softmax(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.records import Misconception, Probe, Question
from mlpkit.questions.ex02_output_units_and_losses import softmax_mistakes as wrong
from mlpkit.questions.ex02_output_units_and_losses.common import (
    EXACT,
    EXTREME,
    HUGE,
    ORDINARY,
    deep,
    level,
    logits,
    spread,
    ties,
)


def softmax(Z):
    """softmax(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ for every row z of Z, without overflow for logits of ±1000.

    Z (N, K), one example per row -> (N, K); every row sums to 1
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
    T = np.array(Z.T)
    T -= T.max(axis=0)
    np.exp(T, out=T)
    T /= T.sum(axis=0)
    return T.T


PROBES = (
    Probe("wide", logits(5, 3), "Z is (5, 3)"),
    Probe("square", logits(4, 4), "Z is (4, 4)"),
    Probe("one", logits(1, 4), "Z is (1, 4)"),
    Probe("flat", logits(2, 6, 0.5), "Z is (2, 6)"),
    Probe("ties", lambda r: (ties(r),), "rows whose largest logit stands twice"),
    Probe("level", lambda r: (level(r),), "whole rows near 1000, −1000 and 0"),
    Probe("spread", lambda r: (spread(r),), "1000, −1000 and 0 in one row"),
    Probe("deep", lambda r: (deep(r),), "all logits near −1000"),
)

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
    misconceptions=(
        Misconception(
            wrong.not_shifted,
            "the exponential overflows",
            "e to the 1000 is too large for a computer. What can you subtract from a whole row without changing its softmax?",
        ),
        Misconception(
            wrong.nan_replaced,
            "infinity divided by infinity is replaced by a number",
            "Hiding a nan does not make the answer right. Avoid the overflow before it happens.",
        ),
        Misconception(
            wrong.shifted_by_the_largest_of_all,
            "one shift is used for all rows",
            "A row far below the largest logit of the batch becomes 0 divided by 0. Which logits does a row depend on?",
        ),
        Misconception(
            wrong.shifted_by_the_first,
            "the first logit of a row is subtracted",
            "Any constant would do on paper. Which logit must not end up far above 0?",
        ),
        Misconception(
            wrong.shifted_only_when_large,
            "the logits are shifted only where one of them is large",
            "Take a batch with all logits near −1000: what do its exponentials add up to?",
        ),
        Misconception(
            wrong.shifted_by_the_smallest,
            "the smallest logit is subtracted",
            "After your shift all exponents are above 0. Should they be above or below, so that nothing overflows?",
        ),
        Misconception(
            wrong.shifted_by_the_mean,
            "the mean of a row is subtracted",
            "The mean may be far below the largest logit. Which exponent can still overflow?",
        ),
        Misconception(
            wrong.shifted_by_the_largest_size,
            "the shift is an absolute value",
            "A row of logits near −1000: where does your shift move it, and what are all its exponentials then?",
        ),
        Misconception(
            wrong.exponents_clipped,
            "large logits are clipped",
            "1000 and 998 are different logits. Are they still, after you have clipped them?",
        ),
        Misconception(
            wrong.logits_rescaled,
            "the logits are divided to make them small",
            "Adding the same number to all logits changes nothing. Does scaling them change nothing, too?",
        ),
        Misconception(
            wrong.largest_of_each_column_subtracted,
            "the shift runs over the examples",
            "A shift is harmless only when it is the same for all logits of one example. Is yours?",
        ),
        Misconception(
            wrong.shift_above_the_line_only,
            "only the numerator is shifted",
            "A shift cancels only if it stands above and below the line.",
        ),
        Misconception(
            wrong.shift_below_the_line_only,
            "only the denominator is shifted",
            "The sum below adds up the numbers that stand above. Does yours, after the shift?",
        ),
        Misconception(
            wrong.largest_added,
            "the shift has the wrong sign",
            "The largest exponent should become 0. What does it become in your function?",
        ),
        Misconception(
            wrong.summed_over_everything,
            "the whole array sums to 1",
            "Each example has its own list of probabilities. What does each row have to sum to?",
        ),
        Misconception(
            wrong.summed_over_the_examples,
            "the columns sum to 1 instead of the rows",
            "Along which axis do the classes of one example lie?",
        ),
        Misconception(
            wrong.shifted_by_rows_and_summed_over_everything,
            "the shift goes by rows, but the whole array sums to 1",
            "Your shift treats each example by itself. Does your sum, too?",
        ),
        Misconception(
            wrong.shifted_by_rows_and_summed_over_the_examples,
            "the shift goes by rows, but the sum runs down the columns",
            "Shift and sum belong to one example. Along which axis do its classes lie?",
        ),
        Misconception(
            wrong.row_sums_lost_their_axis,
            "the sums do not stand beside their rows, and nothing keeps the exponentials small",
            "NumPy lines up N sums with the columns, unless they keep their second axis. Then think of logits like 1000.",
        ),
        Misconception(
            wrong.sum_lost_its_axis,
            "the sums do not stand beside their rows",
            "A sum along an axis removes that axis, and NumPy then lines the sums up with the columns. How do you keep the axis?",
        ),
        Misconception(
            wrong.largest_lost_its_axis,
            "the largest logits do not stand beside their rows",
            "The maximum along an axis has one axis less. With which axis of Z does NumPy line it up?",
        ),
        Misconception(
            wrong.not_normalised,
            "the exponentials are not divided by their sum",
            "Probabilities of one example add up to 1. What do yours add up to?",
        ),
        Misconception(
            wrong.exponentials_alone,
            "you return the exponentials alone",
            "The slide's formula is a fraction. What stands below the line?",
        ),
        Misconception(
            wrong.divided_by_the_largest,
            "the exponentials are divided by the largest and by K",
            "Which number below the line makes a row add up to 1?",
        ),
        Misconception(
            wrong.divided_by_the_mean,
            "the mean stands below the line",
            "Your rows add up to K. By which factor do a mean and a sum differ?",
        ),
        Misconception(
            wrong.exponential_forgotten,
            "the exponential is missing",
            "Logits may be negative, probabilities may not. Which function of the slide takes care of that?",
        ),
        Misconception(
            wrong.sizes_normalised,
            "absolute values take the exponential's place",
            "Is a logit of −3 as probable as one of 3?",
        ),
        Misconception(
            wrong.squares_normalised,
            "squares take the exponential's place",
            "A square is positive, but it does not grow with the logit. What does?",
        ),
        Misconception(
            wrong.shifted_logits_normalised,
            "the logits themselves are normalised",
            "Your smallest class always has probability 0. Can a softmax be 0 for ordinary logits?",
        ),
        Misconception(
            wrong.powers_of_two, "the base is 2", "Which number is raised to the power z on the slide?"
        ),
        Misconception(
            wrong.sign_turned,
            "the smallest logit wins",
            "Should a larger logit make its class more probable or less?",
        ),
        Misconception(
            wrong.sigmoid_of_every_logit,
            "each logit has a sigmoid of its own",
            "The classes exclude each other: if one becomes more probable, what happens to the others?",
        ),
        Misconception(
            wrong.sigmoids_normalised,
            "sigmoids are normalised",
            "Add 5 to all logits of a row: a softmax stays. Does your answer?",
        ),
        Misconception(
            wrong.winner_takes_all,
            "the largest logit gets everything",
            "Softmax is the soft version of what you computed. What do the other classes get?",
        ),
        Misconception(
            wrong.winner_named,
            "you return the winning class",
            "One number for each class is asked for. Which of them is the largest is another question.",
        ),
        Misconception(
            wrong.logarithm_returned,
            "you return the logarithm of the softmax",
            "Your numbers are negative. What has to be done to get probabilities?",
        ),
        Misconception(
            wrong.others_probability,
            "you return the probability of all other classes",
            "Is the largest logit the most probable class in your answer?",
        ),
        Misconception(
            wrong.softmax_twice,
            "softmax is applied twice",
            "Probabilities are no logits. How often does a logit meet the exponential?",
        ),
        Misconception(
            wrong.small_number_added,
            "a small number is added below the line",
            "After the right shift the sum is at least 1. Does it need protection from zero?",
        ),
        Misconception(
            wrong.first_row_alone,
            "only the first example is returned",
            "How many examples are there, and how many answers?",
        ),
        Misconception(
            wrong.classes_as_rows,
            "the result is transposed",
            "One example per row: that holds for the answer, too.",
        ),
        Misconception(
            wrong.rounded,
            "the result is rounded",
            "Round when you print, and never in between: who uses your numbers needs all their digits.",
        ),
        Misconception(
            wrong.logits_overwritten,
            "your function overwrites Z",
            "Look at Z after the call. Which operator changes an array in place?",
        ),
    ),
)
