"""Wrong ways to draw the weights of a ReLU layer."""

import numpy as np

from mlpkit.exercises.records import Misconception


def fan_out(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_out), (n_in, n_out))


def bias_counted_as_an_input(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / (n_in + 1)), (n_in, n_out))


def variance_as_standard_deviation(rng, n_in, n_out):
    return rng.normal(0.0, 2 / n_in, (n_in, n_out))


def one_over_n(rng, n_in, n_out):
    return rng.normal(0.0, 1 / n_in, (n_in, n_out))


def root_of_the_two_only(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2) / n_in, (n_in, n_out))


def root_of_n_only(rng, n_in, n_out):
    return rng.normal(0.0, 2 / np.sqrt(n_in), (n_in, n_out))


def variance_one_over_n(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(1 / n_in), (n_in, n_out))


def xavier(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / (n_in + n_out)), (n_in, n_out))


def mean_of_both_fans(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(4 / (n_in + n_out)), (n_in, n_out))


def fan_product(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / (n_in * n_out)), (n_in, n_out))


def one_over_fan_out(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(1 / n_out), (n_in, n_out))


def turned_over(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(n_in / 2), (n_in, n_out))


def not_scaled(rng, n_in, n_out):
    return rng.standard_normal((n_in, n_out))


def small_numbers(rng, n_in, n_out):
    return 0.01 * rng.standard_normal((n_in, n_out))


def zeros(rng, n_in, n_out):
    return np.zeros((n_in, n_out))


def one_constant(rng, n_in, n_out):
    return np.full((n_in, n_out), np.sqrt(2 / n_in))


def one_number_for_all(rng, n_in, n_out):
    return np.full((n_in, n_out), rng.normal(0.0, np.sqrt(2 / n_in)))


def one_column_for_all_units(rng, n_in, n_out):
    return np.tile(rng.normal(0.0, np.sqrt(2 / n_in), (n_in, 1)), (1, n_out))


def one_row_for_all_inputs(rng, n_in, n_out):
    return np.tile(rng.normal(0.0, np.sqrt(2 / n_in), (1, n_out)), (n_in, 1))


def signs_only(rng, n_in, n_out):
    return rng.choice([-1.0, 1.0], (n_in, n_out)) * np.sqrt(2 / n_in)


def scale_as_the_mean(rng, n_in, n_out):
    return rng.normal(np.sqrt(2 / n_in), size=(n_in, n_out))


def mean_one(rng, n_in, n_out):
    return rng.normal(1.0, np.sqrt(2 / n_in), (n_in, n_out))


def uniform_without_root_three(rng, n_in, n_out):
    return rng.uniform(-1, 1, (n_in, n_out)) * np.sqrt(2 / n_in)


def uniform_between_zero_and_the_limit(rng, n_in, n_out):
    return rng.uniform(0, np.sqrt(6 / n_in), (n_in, n_out))


def uniform_between_zero_and_the_deviation(rng, n_in, n_out):
    return rng.random((n_in, n_out)) * np.sqrt(2 / n_in)


def uniform_between_root_of_one_over_n(rng, n_in, n_out):
    return rng.uniform(-1, 1, (n_in, n_out)) / np.sqrt(n_in)


def uniform_limit_without_root(rng, n_in, n_out):
    return rng.uniform(-6 / n_in, 6 / n_in, (n_in, n_out))


def uniform_of_fan_out(rng, n_in, n_out):
    return rng.uniform(-1, 1, (n_in, n_out)) * np.sqrt(2 / n_out)


def width_as_the_limit(rng, n_in, n_out):
    return (rng.random((n_in, n_out)) - 0.5) * np.sqrt(6 / n_in)


def absolute_values(rng, n_in, n_out):
    return np.abs(rng.normal(0.0, np.sqrt(2 / n_in), (n_in, n_out)))


def transposed(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_out, n_in))


def transposed_by_fan_out(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_out), (n_out, n_in))


def in_one_row(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_in), n_in * n_out)


def square(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_in, n_in))


def row_for_the_bias(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_in + 1, n_out))


def bias_returned_too(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_in, n_out)), np.zeros(n_out)


def another_generator(rng, n_in, n_out):
    return np.random.default_rng().normal(0.0, np.sqrt(2 / n_in), (n_in, n_out))


def fixed_seed(rng, n_in, n_out):
    return np.random.default_rng(0).normal(0.0, np.sqrt(2 / n_in), (n_in, n_out))


ROOT = "Is the 2/n of the rule a variance or a standard deviation? Which of them does your generator ask for?"
MISCONCEPTIONS = (
    Misconception(
        fan_out,
        "fan-out instead of fan-in",
        "A unit adds up as many products as it has inputs. Which of the two numbers is that?",
    ),
    Misconception(
        bias_counted_as_an_input,
        "the bias is counted as an input",
        "Take a layer of three inputs. How many random products does a unit add up, if its bias starts at 0?",
    ),
    Misconception(variance_as_standard_deviation, "the variance is used as a standard deviation", ROOT),
    Misconception(
        root_of_the_two_only,
        "only the 2 is under the root",
        "Where does the root begin, and where does it end?",
    ),
    Misconception(
        root_of_n_only,
        "only n is under the root",
        "How far does the root reach? The 2 is a part of the variance.",
    ),
    Misconception(
        one_over_n,
        "1/n as a standard deviation",
        "Two things are missing: one belongs to ReLU, which silences half of the units; the other turns a variance into a spread.",
    ),
    Misconception(
        variance_one_over_n,
        "variance 1/n",
        "A ReLU lets only half of the signal's power through. What has to make up for it?",
    ),
    Misconception(
        xavier,
        "Xavier's rule",
        "That rule is made for tanh and looks at both sides of the layer. He's is made for ReLU and looks at one.",
    ),
    Misconception(
        mean_of_both_fans,
        "inputs and outputs are averaged",
        "The forward signal depends on one side of the layer only. On which?",
    ),
    Misconception(
        fan_product,
        "the number of all weights instead of the inputs",
        "How many products go into one unit's sum?",
    ),
    Misconception(
        one_over_fan_out,
        "1 over the number of outputs",
        "Count what one unit adds up; and remember what ReLU takes away.",
    ),
    Misconception(
        turned_over,
        "the fraction is upside down",
        "With more inputs, must each weight be larger or smaller for the sum to stay the same size?",
    ),
    Misconception(
        not_scaled,
        "the weights are not scaled",
        "With 300 inputs of size 1 and weights of size 1, how large is z? And ten layers later?",
    ),
    Misconception(
        small_numbers,
        "one small size for all layers",
        "The right size depends on the number of inputs. Ten layers with 0.01: what is left of the signal?",
    ),
    Misconception(
        zeros,
        "all weights are 0",
        "Two units with the same weights get the same gradient. When will they ever differ?",
    ),
    Misconception(
        one_constant,
        "all weights are the same",
        "Equal units stay equal in every step. What has to break the symmetry?",
    ),
    Misconception(
        one_number_for_all,
        "one random number for all weights",
        "You draw once. How many numbers does the layer need?",
    ),
    Misconception(
        one_column_for_all_units,
        "all units get the same weights",
        "Look at two columns of W: two units that start as twins remain twins.",
    ),
    Misconception(
        one_row_for_all_inputs,
        "all inputs get the same weights",
        "Look at two rows of W. How many independent numbers are there in it?",
    ),
    Misconception(
        signs_only,
        "only two values",
        "The spread is right, but the rule means numbers from a whole range. How many different units can two values make?",
    ),
    Misconception(
        scale_as_the_mean,
        "the spread was given as the mean",
        "The first number that a normal generator takes is not the spread. What is it?",
    ),
    Misconception(
        mean_one,
        "the mean is 1",
        "Around which number do the weights lie? Positive and negative ones should balance.",
    ),
    Misconception(
        uniform_without_root_three,
        "the limit of the uniform numbers is taken for their spread",
        "Numbers between −1 and 1 do not have the standard deviation 1. What do they have?",
    ),
    Misconception(
        width_as_the_limit,
        "the width of the interval is taken for its limit",
        "How long is the interval from −limit to limit?",
    ),
    Misconception(
        uniform_between_zero_and_the_limit,
        "uniform numbers that start at 0",
        "Negative weights are needed too. Where does the interval begin?",
    ),
    Misconception(
        uniform_between_zero_and_the_deviation,
        "numbers between 0 and the standard deviation",
        "A generator's plain random numbers lie between 0 and 1. What are their mean and their spread?",
    ),
    Misconception(
        uniform_between_root_of_one_over_n,
        "uniform between ±1/√n",
        "Many libraries do this; work out the variance of these numbers, and compare it with He's.",
    ),
    Misconception(
        uniform_limit_without_root,
        "a root is missing in the limit",
        "A limit is a length, like a standard deviation. You have a variance there.",
    ),
    Misconception(
        uniform_of_fan_out,
        "uniform, by the outputs, and the limit taken for the spread",
        "Two things: which side of the layer does a unit add up, and what is the spread of numbers between −1 and 1?",
    ),
    Misconception(
        absolute_values,
        "absolute values",
        "Where have the negative weights gone? The sum of positive products only grows.",
    ),
    Misconception(
        transposed,
        "rows and columns are exchanged",
        "A batch has its inputs in columns and stands on the left of W. How many rows must W have?",
    ),
    Misconception(
        transposed_by_fan_out,
        "rows and columns, inputs and outputs are exchanged",
        "You have the two numbers the wrong way round everywhere. Which of them counts the inputs?",
    ),
    Misconception(
        in_one_row, "all weights in one row", "W is a table: a row for each input. What does yours look like?"
    ),
    Misconception(square, "a square W", "Try a layer with 3 inputs and 5 units. How many weights are there?"),
    Misconception(
        row_for_the_bias,
        "a row too many",
        "The bias has a vector of its own, outside W.",
    ),
    Misconception(
        bias_returned_too,
        "the bias is returned as well",
        "Only W is asked for. What does the caller get, and how many things is it?",
    ),
    Misconception(
        another_generator,
        "a generator of your own",
        "Somebody calls your function twice with the same seed, to repeat an experiment. Does it repeat?",
    ),
    Misconception(
        fixed_seed,
        "a fixed seed inside the function",
        "Two layers of the same size are made one after the other. Do they differ?",
    ),
)
