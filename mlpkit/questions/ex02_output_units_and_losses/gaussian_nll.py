"""The negative log-likelihood of a Gaussian whose mean is the network's answer."""

import numpy as np

from mlpkit.exercises.comparisons import (
    Tolerance,
    custom,
    shape,
    unchanged,
)
from mlpkit.exercises.records import Misconception, Probe, Question
from mlpkit.questions.ex02_output_units_and_losses import gaussian_nll_mistakes as wrong
from mlpkit.questions.ex02_output_units_and_losses.gaussian_nll_comparisons import Loss, Perfect

FEW = Tolerance(1e-10, 1e-12, "a few squares: another order of adding moves the last digits only")


def gaussian_nll(y, y_hat, sigma):
    """J = (y − ŷ)²/(2σ²) + log σ, the mean over the batch: −log N(y; ŷ, σ²) without ½ log 2π.

    y (N,) measured, y_hat (N,) the network's answers, sigma a number > 0, the standard deviation -> a number.
    With ½ log 2π, which no weight can change, the answer is right as well.
    """
    return np.mean((y - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma)


def nll_in_loops(y, y_hat, sigma):
    """One example after the other."""
    total = 0.0
    for one, other in zip(y, y_hat, strict=True):
        total += 0.5 * ((one - other) / sigma) ** 2 + np.log(sigma)
    return total / len(y)


def nll_with_its_constant(y, y_hat, sigma):
    """The whole −log N(y; ŷ, σ²)."""
    variance = sigma**2
    return float(np.mean(0.5 * np.log(2 * np.pi * variance) + (y - y_hat) ** 2 / (2 * variance)))


def nll_by_a_dot_product(y, y_hat, sigma):
    """Standardised errors, dotted with themselves."""
    e = (y_hat - y) / sigma
    return e @ e / (2 * y.size) + 0.5 * np.log(sigma * sigma)


def nll_with_the_constant_summed(y, y_hat, sigma):
    """A sum, divided at the end; the constant comes as log √2π."""
    n = len(y)
    fit = np.sum(np.square(np.subtract(y, y_hat))) / 2 / sigma**2
    return (fit + n * np.log(sigma * np.sqrt(2 * np.pi))) / n


def _data(n, sigma, error=1.0):
    """Answers beside y in both directions, so that their errors do not cancel; y and σ change with the seed."""

    def arguments(r):
        y = r.uniform(1.0, 3.0, n) * r.choice([-1, 1], n)
        wide = error * sigma * r.uniform(0.5, 2.0, n) * r.permutation(np.where(np.arange(n) % 3, 1.0, -1.0))
        return y, y + wide, float(sigma * r.uniform(0.9, 1.1))

    return arguments


USUAL = ("narrow", "wide", "one", "unit")

QUESTION = Question(
    gaussian_nll,
    "J",
    probes=(
        Probe("narrow", _data(5, 0.5), "five examples, σ near 0.5", "ex02.loss_and_offset"),
        Probe("wide", _data(7, 3.0), "seven examples, σ near 3", "ex02.loss_and_offset"),
        Probe("one", _data(1, 2.0), "one example, σ near 2", "ex02.loss_and_offset"),
        Probe(
            "unit",
            lambda r: (*_data(4, 1.0)(r)[:2], 1.0),
            "four examples, σ = 1",
            "ex02.loss_and_offset",
        ),
        Probe(
            "far", _data(4, 0.01, 100.0), "errors of a hundred standard deviations", "ex02.loss_and_offset"
        ),
        Probe(
            "many",
            _data(60, 1.0, 8.0),
            "sixty examples, errors of ten standard deviations",
            "ex02.loss_and_offset",
        ),
    ),
    properties=(
        shape(1, advice="The mean over the batch is a single number."),
        custom(
            "values",
            3,
            Loss(FEW),
            on=USUAL,
            advice="One example with y − ŷ = 2 and σ = 2: put it into both terms by hand.",
        ),
        custom(
            "far from the mean",
            1,
            Loss(FEW),
            on=("far", "many"),
            advice="The density far out is rounded to 0. Take the logarithm on paper first.",
        ),
        custom(
            "a perfect answer, σ = 1",
            1,
            Perfect(),
            on=USUAL,
            advice="With y = ŷ and σ = 1 both terms of the formula are 0.",
        ),
        unchanged(1),
    ),
    right=(nll_in_loops, nll_with_its_constant, nll_by_a_dot_product, nll_with_the_constant_summed),
    misconceptions=(
        Misconception(
            wrong.logarithm_of_the_density,
            "you take the logarithm of a density that was rounded to 0",
            "A hundred standard deviations away the density is too small for a computer. Which function undoes the exponential in it?",
        ),
        Misconception(
            wrong.logarithm_of_the_likelihood,
            "the densities are multiplied before the logarithm",
            "A product of many small numbers is soon rounded to 0. What becomes of a product under the logarithm?",
        ),
        Misconception(
            wrong.density_kept_above_zero,
            "a small number is added to the density",
            "Your loss never exceeds 28. How much should an error of a hundred standard deviations cost?",
        ),
        Misconception(
            wrong.density_clipped,
            "the density is clipped",
            "Beyond some distance your loss is flat. Does the squared error ever become flat?",
        ),
        Misconception(
            wrong.sigma_taken_for_the_variance,
            "σ is taken for the variance",
            "σ is the standard deviation. In which unit is it measured, that of y or that of y²?",
        ),
        Misconception(
            wrong.sigma_not_squared,
            "σ is not squared below the line",
            "The fraction must not change when y, ŷ and σ are all measured in cm instead of m. Does yours?",
        ),
        Misconception(
            wrong.variance_in_the_logarithm,
            "the variance stands in the logarithm",
            "The density has σ, a root of the variance, below the line. What is the logarithm of that root?",
        ),
        Misconception(
            wrong.half_the_logarithm,
            "the logarithm of σ is halved",
            "The ½ is a factor of the square, and of the logarithm of the variance. What stands in your logarithm, and how far does your ½ reach?",
        ),
        Misconception(
            wrong.sigma_squared_twice,
            "σ is squared although it is squared already",
            "How often is σ multiplied with itself below the line, and how often in your function?",
        ),
        Misconception(
            wrong.logarithm_of_sigma_missing,
            "the second term is missing",
            "Without it the loss gets smaller and smaller when σ grows. What keeps σ from growing for ever?",
        ),
        Misconception(
            wrong.logarithm_of_sigma_subtracted,
            "the second term has the wrong sign",
            "A wide Gaussian is low everywhere: does that make the data more likely or less?",
        ),
        Misconception(
            wrong.sigma_without_its_logarithm,
            "σ is added without its logarithm",
            "What does the negative logarithm make of a 1/σ in front of the density?",
        ),
        Misconception(
            wrong.half_missing,
            "the ½ in front of the square is missing",
            "Write down the exponent of the Gaussian density. What stands below the line?",
        ),
        Misconception(
            wrong.two_above_the_line,
            "the 2 stands above the line",
            "Dividing by 2 and then by σ² is not the same as multiplying one of them. Where do your parentheses end?",
        ),
        Misconception(
            wrong.likelihood_with_its_sign,
            "it is the log-likelihood and not its negative",
            "A loss is made small, a likelihood large. What turns one into the other?",
        ),
        Misconception(
            wrong.square_with_a_minus,
            "the square has the wrong sign",
            "Should a larger error make the loss larger or smaller?",
        ),
        Misconception(
            wrong.sum_over_the_batch,
            "the examples are added up",
            "Losses are means over the batch: what is missing at the end?",
        ),
        Misconception(
            wrong.sum_of_squares_and_one_logarithm,
            "the squares are added up, the logarithm counts once",
            "Each example has both terms. Then the mean is taken: of which of them did you take it?",
        ),
        Misconception(
            wrong.mean_of_squares_and_all_logarithms,
            "the logarithm counts N times",
            "What is the mean of N equal numbers?",
        ),
        Misconception(
            wrong.logarithm_divided_by_the_batch,
            "the logarithm is divided by N",
            "Each of the N examples has a log σ. What is the mean of those?",
        ),
        Misconception(
            wrong.one_value_for_each_example,
            "you return one loss for each example",
            "A batch has one loss. How is it made of the N?",
        ),
        Misconception(
            wrong.squared_error,
            "it is the mean squared error",
            "That is the right thing to make small, but not the likelihood. Where does σ come in?",
        ),
        Misconception(
            wrong.half_the_squared_error,
            "it is half the squared error, for σ = 1",
            "σ is an argument. Which terms depend on it?",
        ),
        Misconception(
            wrong.root_of_the_squared_error,
            "it is the root of the mean squared error",
            "The logarithm of a Gaussian has no root in it. Is the exponent's square undone anywhere?",
        ),
        Misconception(
            wrong.error_not_squared,
            "the error is not squared",
            "Errors of +1 and −1 should not cancel. What takes care of that in a Gaussian?",
        ),
        Misconception(
            wrong.absolute_error,
            "the absolute error takes the square's place",
            "Which power of the error stands in the exponent of a Gaussian?",
        ),
        Misconception(
            wrong.laplace_likelihood,
            "it is the likelihood of a Laplace distribution",
            "The absolute error belongs to a pointed density. Which belongs to the Gaussian?",
        ),
        Misconception(
            wrong.mean_before_the_square,
            "the mean is taken before the square",
            "Two errors, +1 and −1: what is their mean squared, and what is the mean of their squares?",
        ),
        Misconception(
            wrong.sum_before_the_square,
            "the sum is taken before the square",
            "Do errors of different sign cancel in your function?",
        ),
        Misconception(
            wrong.answers_added,
            "y and ŷ are added",
            "A perfect answer should have no error. Which operation between y and ŷ gives 0 then?",
        ),
        Misconception(
            wrong.squares_subtracted,
            "a difference of squares is taken for a square of differences",
            "Is (a − b)² the same as a² − b²?",
        ),
        Misconception(
            wrong.answers_of_all_pairs,
            "every y is compared with every ŷ",
            "N examples have N errors. How many do you average?",
        ),
        Misconception(
            wrong.spread_measured,
            "the spread of the errors is measured",
            "A variance subtracts the mean first. If all answers are too large by 1, is your loss 0?",
        ),
        Misconception(
            wrong.constant_subtracted,
            "½ log 2π has the wrong sign",
            "You may leave it out. If it is there: does a number below the line come out of −log with plus or minus?",
        ),
        Misconception(
            wrong.constant_without_its_root,
            "log 2π stands there without its ½",
            "You may leave it out. If it is there: what is the logarithm of a root?",
        ),
        Misconception(
            wrong.constant_without_its_two,
            "the constant lacks its 2",
            "You may leave it out. If it is there: the root in the density is of which number?",
        ),
        Misconception(
            wrong.constant_without_its_logarithm,
            "the constant is added without its logarithm",
            "You may leave it out. If it is there: everything in front of the exponential goes through the same function.",
        ),
        Misconception(
            wrong.likelihood_returned,
            "you return the exponential without a logarithm",
            "The name ends with two words: log-likelihood. Which function have you not applied?",
        ),
        Misconception(
            wrong.density_returned,
            "you return the density itself",
            "A density is large where the fit is good. What makes a loss of it?",
        ),
        Misconception(
            wrong.logarithm_after_the_mean,
            "the mean is taken before the logarithm",
            "Independent examples multiply their likelihoods. Does a logarithm turn a mean into anything simple?",
        ),
        Misconception(
            wrong.base_ten, "the logarithm has base 10", "Which logarithm undoes the e of the density?"
        ),
        Misconception(
            wrong.base_two, "the logarithm has base 2", "What is the base of the exponential in a Gaussian?"
        ),
        Misconception(
            wrong.parenthesis_forgotten,
            "you multiply by σ² instead of dividing",
            "Python reads a / 2 * b from left to right. What ends up above the line?",
        ),
        Misconception(
            wrong.first_example_alone,
            "only the first example counts",
            "How many errors does the batch have?",
        ),
        Misconception(
            wrong.gradient_returned,
            "you return the derivative",
            "The error in units of the variance says how J changes. How large is J?",
        ),
        Misconception(
            wrong.terms_multiplied,
            "the two terms are multiplied",
            "A product in the density becomes what in its logarithm?",
        ),
        Misconception(
            wrong.labels_overwritten,
            "your function overwrites y",
            "The measurements are needed again in the next epoch. Where do you write into them?",
        ),
        Misconception(
            wrong.answers_overwritten,
            "your function overwrites y_hat",
            "Look at y_hat after the call. Which operator writes in place?",
        ),
    ),
)
