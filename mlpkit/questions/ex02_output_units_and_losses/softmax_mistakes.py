"""Wrong softmaxes."""

import numpy as np

from mlpkit.exercises.mistakes import between, mistake
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
    "logits beyond ±{bound:g} are clipped",
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


@mistake("your function overwrites Z", "Look at Z after the call. Which operator changes an array in place?")
def logits_overwritten(Z):
    Z -= Z.max(axis=1, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


@mistake(
    "your function writes each step into Z",
    "Who called your function still needs the logits. Where do the exponentials go?",
)
def every_step_in_place(Z):
    Z -= Z.max(axis=1, keepdims=True)
    np.exp(Z, out=Z)
    Z /= Z.sum(axis=1, keepdims=True)
    return Z
