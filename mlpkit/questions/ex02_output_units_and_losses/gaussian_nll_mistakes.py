"""Wrong Gaussian negative log-likelihoods."""

import numpy as np

from mlpkit.exercises.mistakes import between, mistake

CONSTANT = 0.5 * np.log(2 * np.pi)


def _density(y, y_hat, sigma):
    return np.exp(-((y - y_hat) ** 2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma)


def _parts(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma**2), np.log(sigma)


@mistake(
    "you take the logarithm of a density that was rounded to 0",
    "A hundred standard deviations away the density is too small for a computer. Which function undoes the exponential in it?",
)
def logarithm_of_the_density(y, y_hat, sigma):
    return -np.log(_density(y, y_hat, sigma)).mean()


@mistake(
    "the densities are multiplied before the logarithm",
    "A product of many small numbers is soon rounded to 0. What becomes of a product under the logarithm?",
)
def logarithm_of_the_likelihood(y, y_hat, sigma):
    return -np.log(np.prod(_density(y, y_hat, sigma))) / len(y)


@mistake(
    "{eps:g} keeps the density away from 0",
    "Beyond some distance your loss is flat. Does the squared error ever become flat?",
    eps=between(1e-300, 1e-3),
)
def density_clipped(y, y_hat, sigma, eps=1e-300):
    return -np.log(np.maximum(_density(y, y_hat, sigma), eps)).mean()


@mistake(
    "{eps:g} is added to the density",
    "Your loss has an upper bound. How much should an error of a hundred standard deviations cost?",
    eps=between(1e-300, 1e-3),
)
def density_kept_above_zero(y, y_hat, sigma, eps=1e-8):
    return -np.log(_density(y, y_hat, sigma) + eps).mean()


@mistake(
    "σ is taken for the variance",
    "σ is the standard deviation. In which unit is it measured, that of y or that of y²?",
)
def sigma_taken_for_the_variance(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma) + np.log(sigma) / 2


@mistake(
    "σ is taken for the logarithm of the variance",
    "σ is the standard deviation itself, and positive. Which exponential is not needed?",
)
def sigma_taken_for_the_log_variance(y, y_hat, sigma):
    return (np.exp(-sigma) * np.mean((y - y_hat) ** 2) + sigma) / 2


@mistake(
    "σ is taken for its own logarithm",
    "σ is the standard deviation itself, and no logarithm. Where does the logarithm of σ come in?",
)
def sigma_taken_for_its_logarithm(y, y_hat, sigma):
    return np.exp(-2 * sigma) * np.mean((y - y_hat) ** 2) / 2 + sigma


@mistake(
    "{eps:g} is added to the variance",
    "σ is above 0 by the docstring. What becomes of a σ whose square is smaller than what you add?",
    eps=between(1e-16, 1),
)
def small_number_added_to_the_variance(y, y_hat, sigma, eps=1e-6):
    return _parts(y, y_hat, np.sqrt(sigma**2 + eps))[0] + np.log(sigma**2 + eps) / 2


@mistake(
    "the variance is not allowed below {eps:g}",
    "σ is above 0 by the docstring. What becomes of a σ whose square is smaller than your bound?",
    eps=between(1e-9, 1),
)
def variance_kept_above(y, y_hat, sigma, eps=1e-6):
    return sum(_parts(y, y_hat, np.sqrt(max(sigma**2, eps))))


@mistake(
    "{eps:g} is added to σ",
    "σ is above 0 by the docstring. From what is the small number to protect?",
    eps=between(1e-11, 1),
)
def small_number_added_to_sigma(y, y_hat, sigma, eps=1e-8):
    return sum(_parts(y, y_hat, sigma + eps))


@mistake(
    "σ is missing below the line",
    "An error of 1 is large where σ is 0.1, and small where σ is 10. Which term of yours says so?",
)
def sigma_missing_below_the_line(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / 2 + np.log(sigma)


@mistake(
    "σ is not squared below the line",
    "The fraction must not change when y, ŷ and σ are all measured in cm instead of m. Does yours?",
)
def sigma_not_squared(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma) + np.log(sigma)


@mistake(
    "the variance stands in the logarithm",
    "The density has σ, a root of the variance, below the line. What is the logarithm of that root?",
)
def variance_in_the_logarithm(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma**2)


@mistake(
    "the logarithm of σ is halved",
    "The ½ is a factor of the square, and of the logarithm of the variance. What stands in your logarithm, and how far does your ½ reach?",
)
def half_the_logarithm(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma) / 2


@mistake(
    "the second term is missing",
    "Without it the loss gets smaller and smaller when σ grows. What keeps σ from growing for ever?",
)
def logarithm_of_sigma_missing(y, y_hat, sigma):
    return _parts(y, y_hat, sigma)[0]


@mistake(
    "the second term has the wrong sign",
    "A wide Gaussian is low everywhere: does that make the data more likely or less?",
)
def logarithm_of_sigma_subtracted(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return fit - spread


@mistake(
    "σ is added without its logarithm",
    "What does the negative logarithm make of a 1/σ in front of the density?",
)
def sigma_without_its_logarithm(y, y_hat, sigma):
    return _parts(y, y_hat, sigma)[0] + sigma


@mistake(
    "the ½ in front of the square is missing",
    "Write down the exponent of the Gaussian density. What stands below the line?",
)
def half_missing(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return 2 * fit + spread


@mistake(
    "the squares are added up, the logarithm counts once",
    "Each example has both terms. Then the mean is taken: of which of them did you take it?",
)
def sum_of_squares_and_one_logarithm(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return len(y) * fit + spread


@mistake("the logarithm counts N times", "What is the mean of N equal numbers?")
def mean_of_squares_and_all_logarithms(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return fit + len(y) * spread


@mistake(
    "it is the mean squared error",
    "That is the right thing to make small, but not the likelihood. Where does σ come in?",
)
def squared_error(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2)


@mistake(
    "the error is not squared",
    "Errors of +1 and −1 should not cancel. What takes care of that in a Gaussian?",
)
def error_not_squared(y, y_hat, sigma):
    return np.mean(y - y_hat) / (2 * sigma**2) + np.log(sigma)


@mistake(
    "the absolute error takes the square's place",
    "Which power of the error stands in the exponent of a Gaussian?",
)
def absolute_error(y, y_hat, sigma):
    return np.mean(np.abs(y - y_hat)) / (2 * sigma**2) + np.log(sigma)


@mistake(
    "it is the likelihood of a Laplace distribution",
    "The absolute error belongs to a pointed density. Which belongs to the Gaussian?",
)
def laplace_likelihood(y, y_hat, sigma):
    return np.mean(np.abs(y - y_hat)) / sigma + np.log(sigma)


@mistake(
    "the mean is taken before the square",
    "Two errors, +1 and −1: what is their mean squared, and what is the mean of their squares?",
)
def mean_before_the_square(y, y_hat, sigma):
    return np.mean(y - y_hat) ** 2 / (2 * sigma**2) + np.log(sigma)


@mistake("the sum is taken before the square", "Do errors of different sign cancel in your function?")
def sum_before_the_square(y, y_hat, sigma):
    return np.sum(y - y_hat) ** 2 / (2 * sigma**2) / len(y) + np.log(sigma)


@mistake("a difference of squares is taken for a square of differences", "Is (a − b)² the same as a² − b²?")
def squares_subtracted(y, y_hat, sigma):
    return np.mean(y**2 - y_hat**2) / (2 * sigma**2) + np.log(sigma)


@mistake("every y is compared with every ŷ", "N examples have N errors. How many do you average?")
def answers_of_all_pairs(y, y_hat, sigma):
    return np.mean((y[:, None] - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma)


@mistake(
    "the spread of the errors is measured",
    "A variance subtracts the mean first. If all answers are too large by 1, is your loss 0?",
)
def spread_measured(y, y_hat, sigma):
    return np.var(y - y_hat) / (2 * sigma**2) + np.log(sigma)


@mistake(
    "½ log 2π has the wrong sign",
    "You may leave it out. If it is there: does a number below the line come out of −log with plus or minus?",
)
def constant_subtracted(y, y_hat, sigma):
    return sum(_parts(y, y_hat, sigma)) - CONSTANT


@mistake(
    "a constant of {constant:.4g} is added",
    "You may leave the constant out. If it is there: which number stands under the root in front of the density, and what does −log make of the root?",
    constant=between(1e-3, 100),
)
def constant_without_its_root(y, y_hat, sigma, constant=2 * CONSTANT):
    return sum(_parts(y, y_hat, sigma)) + constant


@mistake(
    "you return the exponential without a logarithm",
    "The name ends with two words: log-likelihood. Which function have you not applied?",
)
def likelihood_returned(y, y_hat, sigma):
    return np.mean(np.exp(-((y - y_hat) ** 2) / (2 * sigma**2)) / sigma)


@mistake(
    "the mean is taken before the logarithm",
    "Independent examples multiply their likelihoods. Does a logarithm turn a mean into anything simple?",
)
def logarithm_after_the_mean(y, y_hat, sigma):
    e = (y - y_hat) ** 2 / (2 * sigma**2)
    return e.min() - np.log(np.mean(np.exp(e.min() - e))) + np.log(sigma)


@mistake(
    "the logarithm has base {base:g}", "Which logarithm undoes the e of the density?", base=between(1.1, 100)
)
def base_ten(y, y_hat, sigma, base=10):
    return _parts(y, y_hat, sigma)[0] + np.log(sigma) / np.log(base)


@mistake(
    "you multiply by σ² instead of dividing",
    "Python reads a / 2 * b from left to right. What ends up above the line?",
)
def parenthesis_forgotten(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / 2 * sigma**2 + np.log(sigma)


@mistake("only the first example counts", "How many errors does the batch have?")
def first_example_alone(y, y_hat, sigma):
    return (y[0] - y_hat[0]) ** 2 / (2 * sigma**2) + np.log(sigma)


@mistake(
    "you return the derivative", "The error in units of the variance says how J changes. How large is J?"
)
def gradient_returned(y, y_hat, sigma):
    return np.mean((y_hat - y) / sigma**2)


@mistake("the two terms are multiplied", "A product in the density becomes what in its logarithm?")
def terms_multiplied(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return fit * spread
