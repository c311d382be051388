"""Wrong first weights."""

import numpy as np

from mlpkit.exercises.mistakes import between, mistake

ROOT = "Is the 2/n of the rule a variance or a standard deviation? Which of them does your generator ask for?"


@mistake(
    "the outputs are counted instead of the inputs",
    "A unit adds up as many products as it has inputs. Which of the two numbers is that?",
)
def fan_out(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_out), (n_in, n_out))


@mistake(
    "the bias is counted as an input",
    "Take a layer of three inputs. How many random products does a unit add up, if its bias starts at 0?",
)
def bias_counted_as_an_input(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / (n_in + 1)), (n_in, n_out))


@mistake("the variance is used as a standard deviation", ROOT)
def variance_as_standard_deviation(rng, n_in, n_out):
    return rng.normal(0.0, 2 / n_in, (n_in, n_out))


@mistake("only the 2 is under the root", "Where does the root begin, and where does it end?")
def root_of_the_two_only(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2) / n_in, (n_in, n_out))


@mistake("only n is under the root", "How far does the root reach? The 2 is a part of the variance.")
def root_of_n_only(rng, n_in, n_out):
    return rng.normal(0.0, 2 / np.sqrt(n_in), (n_in, n_out))


@mistake(
    "1/n is the standard deviation",
    "Two things are missing: one belongs to ReLU, which silences half of the units; the other turns a variance into a spread.",
)
def one_over_n(rng, n_in, n_out):
    return rng.normal(0.0, 1 / n_in, (n_in, n_out))


@mistake(
    "the variance is 1/n", "A ReLU lets only half of the signal's power through. What has to make up for it?"
)
def variance_one_over_n(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(1 / n_in), (n_in, n_out))


@mistake(
    "Xavier's rule is used",
    "That rule is made for tanh and looks at both sides of the layer. He's is made for ReLU and looks at one.",
)
def xavier(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / (n_in + n_out)), (n_in, n_out))


@mistake(
    "inputs and outputs are averaged", "The forward signal depends on one side of the layer only. On which?"
)
def mean_of_both_fans(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(4 / (n_in + n_out)), (n_in, n_out))


@mistake(
    "the number of all weights stands in the place of the inputs", "How many products go into one unit's sum?"
)
def fan_product(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / (n_in * n_out)), (n_in, n_out))


@mistake(
    "1 over the number of outputs is the variance",
    "Count what one unit adds up; and remember what ReLU takes away.",
)
def one_over_fan_out(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(1 / n_out), (n_in, n_out))


@mistake(
    "the fraction is upside down",
    "With more inputs, must each weight be larger or smaller for the sum to stay the same size?",
)
def turned_over(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(n_in / 2), (n_in, n_out))


@mistake(
    "the weights are not scaled",
    "With 300 inputs of size 1 and weights of size 1, how large is z? And ten layers later?",
)
def not_scaled(rng, n_in, n_out):
    return rng.standard_normal((n_in, n_out))


@mistake(
    "one small size is used for all layers",
    "The right size depends on the number of inputs. Ten layers with 0.01: what is left of the signal?",
)
def small_numbers(rng, n_in, n_out):
    return 0.01 * rng.standard_normal((n_in, n_out))


@mistake(
    "all weights are 0", "Two units with the same weights get the same gradient. When will they ever differ?"
)
def zeros(rng, n_in, n_out):
    return np.zeros((n_in, n_out))


@mistake("all weights are the same", "Equal units stay equal in every step. What has to break the symmetry?")
def one_constant(rng, n_in, n_out):
    return np.full((n_in, n_out), np.sqrt(2 / n_in))


@mistake("one random number is used for all weights", "You draw once. How many numbers does the layer need?")
def one_number_for_all(rng, n_in, n_out):
    return np.full((n_in, n_out), rng.normal(0.0, np.sqrt(2 / n_in)))


@mistake(
    "all units get the same weights", "Look at two columns of W: two units that start as twins remain twins."
)
def one_column_for_all_units(rng, n_in, n_out):
    return np.tile(rng.normal(0.0, np.sqrt(2 / n_in), (n_in, 1)), (1, n_out))


@mistake(
    "all inputs get the same weights", "Look at two rows of W. How many independent numbers are there in it?"
)
def one_row_for_all_inputs(rng, n_in, n_out):
    return np.tile(rng.normal(0.0, np.sqrt(2 / n_in), (1, n_out)), (n_in, 1))


@mistake(
    "there are only two values",
    "The spread is right, but the rule means numbers from a whole range. How many different units can two values make?",
)
def signs_only(rng, n_in, n_out):
    return rng.choice([-1.0, 1.0], (n_in, n_out)) * np.sqrt(2 / n_in)


@mistake(
    "the spread was given as the mean",
    "The first number that a normal generator takes is not the spread. What is it?",
)
def scale_as_the_mean(rng, n_in, n_out):
    return rng.normal(np.sqrt(2 / n_in), size=(n_in, n_out))


@mistake(
    "the mean is 1", "Around which number do the weights lie? Positive and negative ones should balance."
)
def mean_one(rng, n_in, n_out):
    return rng.normal(1.0, np.sqrt(2 / n_in), (n_in, n_out))


@mistake(
    "the limit of the uniform numbers is taken for their spread",
    "Numbers between −1 and 1 do not have the standard deviation 1. What do they have?",
)
def uniform_without_root_three(rng, n_in, n_out):
    return rng.uniform(-1, 1, (n_in, n_out)) * np.sqrt(2 / n_in)


@mistake("the width of the interval is taken for its limit", "How long is the interval from −limit to limit?")
def width_as_the_limit(rng, n_in, n_out):
    return (rng.random((n_in, n_out)) - 0.5) * np.sqrt(6 / n_in)


@mistake("uniform numbers start at 0", "Negative weights are needed too. Where does the interval begin?")
def uniform_between_zero_and_the_limit(rng, n_in, n_out):
    return rng.uniform(0, np.sqrt(6 / n_in), (n_in, n_out))


@mistake(
    "the numbers lie between 0 and the standard deviation",
    "A generator's plain random numbers lie between 0 and 1. What are their mean and their spread?",
)
def uniform_between_zero_and_the_deviation(rng, n_in, n_out):
    return rng.random((n_in, n_out)) * np.sqrt(2 / n_in)


@mistake(
    "the numbers are uniform between ±1/√n",
    "Many libraries do this; work out the variance of these numbers, and compare it with He's.",
)
def uniform_between_root_of_one_over_n(rng, n_in, n_out):
    return rng.uniform(-1, 1, (n_in, n_out)) / np.sqrt(n_in)


@mistake(
    "a root is missing in the limit",
    "A limit is a length, like a standard deviation. You have a variance there.",
)
def uniform_limit_without_root(rng, n_in, n_out):
    return rng.uniform(-6 / n_in, 6 / n_in, (n_in, n_out))


@mistake(
    "the outputs are counted, and the limit of uniform numbers is taken for their spread",
    "Two things: which side of the layer does a unit add up, and what is the spread of numbers between −1 and 1?",
)
def uniform_of_fan_out(rng, n_in, n_out):
    return rng.uniform(-1, 1, (n_in, n_out)) * np.sqrt(2 / n_out)


@mistake(
    "absolute values are taken",
    "Where have the negative weights gone? The sum of positive products only grows.",
)
def absolute_values(rng, n_in, n_out):
    return np.abs(rng.normal(0.0, np.sqrt(2 / n_in), (n_in, n_out)))


@mistake(
    "rows and columns are exchanged",
    "A batch has its inputs in columns and stands on the left of W. How many rows must W have?",
)
def transposed(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_out, n_in))


@mistake("all weights stand in one row", "W is a table: a row for each input. What does yours look like?")
def in_one_row(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_in), n_in * n_out)


@mistake("W is square", "Try a layer with 3 inputs and 5 units. How many weights are there?")
def square(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_in, n_in))


@mistake("W has a row too many", "The bias has a vector of its own, outside W.")
def row_for_the_bias(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_in + 1, n_out))


@mistake(
    "the bias is returned as well",
    "Only W is asked for. What does the caller get, and how many things is it?",
)
def bias_returned_too(rng, n_in, n_out):
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_in, n_out)), np.zeros(n_out)


@mistake(
    "the shape is given in two arguments",
    "A generator takes the shape as one thing, a pair in brackets. What does it take your second number for?",
)
def shape_in_two_arguments(rng, n_in, n_out):
    return rng.standard_normal(n_in, n_out) * np.sqrt(2 / n_in)


@mistake(
    "a generator of your own is asked",
    "Somebody calls your function twice with the same seed, to repeat an experiment. Does it repeat?",
)
def another_generator(rng, n_in, n_out):
    return np.random.default_rng().normal(0.0, np.sqrt(2 / n_in), (n_in, n_out))


@mistake(
    "the seed is fixed inside the function",
    "Two layers of the same size are made one after the other. Do they differ?",
)
def fixed_seed(rng, n_in, n_out):
    return np.random.default_rng(0).normal(0.0, np.sqrt(2 / n_in), (n_in, n_out))


@mistake(
    "the first weights are kept and come again",
    "Two layers of the same size need different weights. What lives on between two calls of your function?",
)
def kept_from_call_to_call(rng, n_in, n_out):
    rng.random()
    return np.random.default_rng(0).normal(0.0, np.sqrt(2 / n_in), (n_in, n_out))


@mistake(
    "the spread is about {factor:.2g} times what the rule says",
    "Print the standard deviation of a W of 200 inputs beside the one that the rule asks for. A root, a 2, or numbers that are cut off or come from an interval make such a factor.",
    factor=between(0.02, 50),
)
def scaled(rng, n_in, n_out, factor=0.88):
    return factor * np.sqrt(2 / n_in) * rng.standard_normal((n_in, n_out))
