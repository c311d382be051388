"""Wrong softmaxes."""

import numpy as np

from mlpkit.exercises.mistakes import mistake
from mlpkit.questions.ex02_output_units_and_losses.common import (
    exps,
    log_probabilities,
    probabilities,
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
    "the mean of a row is subtracted",
    "The mean may be far below the largest logit. Which exponent can still overflow?",
)
def shifted_by_the_mean(Z):
    E = np.exp(Z - Z.mean(axis=1, keepdims=True))
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
)
def exponents_clipped(Z):
    E = np.exp(np.clip(Z, -500, 500))
    return E / E.sum(axis=1, keepdims=True)


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
    "the sums do not stand beside their rows, and nothing keeps the exponentials small",
    "NumPy lines up N sums with the columns, unless they keep their second axis. Then think of logits like 1000.",
)
def row_sums_lost_their_axis(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1)


@mistake(
    "the sums do not stand beside their rows",
    "A sum along an axis removes that axis, and NumPy then lines the sums up with the columns. How do you keep the axis?",
)
def sum_lost_its_axis(Z):
    return exps(Z) / exps(Z).sum(axis=1)


@mistake(
    "the largest logits do not stand beside their rows",
    "The maximum along an axis has one axis less. With which axis of Z does NumPy line it up?",
)
def largest_lost_its_axis(Z):
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1, keepdims=True)


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
    "the exponentials are divided by the largest and by K",
    "Which number below the line makes a row add up to 1?",
)
def divided_by_the_largest(Z):
    return exps(Z) / exps(Z).max(axis=1, keepdims=True) * 1.0 / Z.shape[1]


@mistake(
    "the mean stands below the line", "Your rows add up to K. By which factor do a mean and a sum differ?"
)
def divided_by_the_mean(Z):
    return exps(Z) / exps(Z).mean(axis=1, keepdims=True)


@mistake(
    "the exponential is missing",
    "Logits may be negative, probabilities may not. Which function of the slide takes care of that?",
)
def exponential_forgotten(Z):
    return Z / Z.sum(axis=1, keepdims=True)


@mistake("absolute values take the exponential's place", "Is a logit of −3 as probable as one of 3?")
def sizes_normalised(Z):
    return np.abs(Z) / np.abs(Z).sum(axis=1, keepdims=True)


@mistake(
    "squares take the exponential's place",
    "A square is positive, but it does not grow with the logit. What does?",
)
def squares_normalised(Z):
    return Z**2 / (Z**2).sum(axis=1, keepdims=True)


@mistake(
    "the logits themselves are normalised",
    "Your smallest class always has probability 0. Can a softmax be 0 for ordinary logits?",
)
def shifted_logits_normalised(Z):
    D = Z - Z.min(axis=1, keepdims=True)
    return D / D.sum(axis=1, keepdims=True)


@mistake("the base is 2", "Which number is raised to the power z on the slide?")
def powers_of_two(Z):
    E = 2.0 ** (Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@mistake("the smallest logit wins", "Should a larger logit make its class more probable or less?")
def sign_turned(Z):
    return probabilities(-Z)


@mistake(
    "each logit has a sigmoid of its own",
    "The classes exclude each other: if one becomes more probable, what happens to the others?",
)
def sigmoid_of_every_logit(Z):
    return np.exp(-np.logaddexp(0, -Z))


@mistake("sigmoids are normalised", "Add 5 to all logits of a row: a softmax stays. Does your answer?")
def sigmoids_normalised(Z):
    S = sigmoid_of_every_logit(Z)
    return S / S.sum(axis=1, keepdims=True)


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
    "you return the probability of all other classes",
    "Is the largest logit the most probable class in your answer?",
)
def others_probability(Z):
    return 1 - probabilities(Z)


@mistake(
    "softmax is applied twice", "Probabilities are no logits. How often does a logit meet the exponential?"
)
def softmax_twice(Z):
    return probabilities(probabilities(Z))


@mistake(
    "a small number is added below the line",
    "After the right shift the sum is at least 1. Does it need protection from zero?",
)
def small_number_added(Z):
    return exps(Z) / (exps(Z).sum(axis=1, keepdims=True) + 1e-8)


@mistake("only the first example is returned", "How many examples are there, and how many answers?")
def first_row_alone(Z):
    return probabilities(Z)[0]


@mistake("the result is transposed", "One example per row: that holds for the answer, too.")
def classes_as_rows(Z):
    return probabilities(Z).T


@mistake(
    "the result is rounded",
    "Round when you print, and never in between: who uses your numbers needs all their digits.",
)
def rounded(Z):
    return probabilities(Z).round(4)


@mistake("your function overwrites Z", "Look at Z after the call. Which operator changes an array in place?")
def logits_overwritten(Z):
    Z -= Z.max(axis=1, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
