"""Wrong numbers of parameters."""

import math
from itertools import combinations, pairwise


def _count(widths):
    return sum((m + 1) * n for m, n in pairwise(widths))


def biases_forgotten(widths):
    return sum(m * n for m, n in pairwise(widths))


def biases_of_the_inputs_too(widths):
    return sum(m * n for m, n in pairwise(widths)) + sum(widths)


def biases_of_the_layer_before(widths):
    return sum(m * n + m for m, n in pairwise(widths))


def biases_on_both_sides(widths):
    return sum((m + 1) * (n + 1) for m, n in pairwise(widths))


def one_bias_for_each_layer(widths):
    return sum(m * n + 1 for m, n in pairwise(widths))


def one_bias_for_the_network(widths):
    return sum(m * n for m, n in pairwise(widths)) + 1


def bias_of_the_output_forgotten(widths):
    return _count(widths) - widths[-1]


def biases_of_the_output_alone(widths):
    return sum(m * n for m, n in pairwise(widths)) + widths[-1]


def biases_of_the_first_layer_alone(widths):
    return sum(m * n for m, n in pairwise(widths)) + widths[1]


def biases_counted_twice(widths):
    return sum((m + 2) * n for m, n in pairwise(widths))


def units_counted(widths):
    return sum(widths)


def hidden_and_output_units_counted(widths):
    return sum(widths[1:])


def hidden_units_counted(widths):
    return sum(widths[1:-1])


def all_widths_multiplied(widths):
    return math.prod(widths)


def all_widths_multiplied_and_biases(widths):
    return math.prod(widths) + sum(widths[1:])


def products_multiplied(widths):
    return math.prod((m + 1) * n for m, n in pairwise(widths))


def widths_added_instead_of_multiplied(widths):
    return sum(m + n for m, n in pairwise(widths))


def widths_and_bias_added(widths):
    return sum(m + n + 1 for m, n in pairwise(widths))


def first_layer_forgotten(widths):
    return _count(widths[1:])


def last_layer_forgotten(widths):
    return _count(widths[:-1])


def width_looked_up_by_its_value(widths):
    return sum((m + 1) * widths[widths.index(m) + 1] for m in widths[:-1])


def equal_layers_counted_once(widths):
    return sum((m + 1) * n for m, n in set(pairwise(widths)))


def first_layer_alone(widths):
    return _count(widths[:2])


def last_layer_alone(widths):
    return _count(widths[-2:])


def inputs_joined_with_outputs(widths):
    return _count(widths) + (widths[0] + 1) * widths[-1]


def every_layer_joined_with_every_later_one(widths):
    return sum(m * n for m, n in combinations(widths, 2)) + sum(widths[1:])


def layer_joined_with_itself(widths):
    return sum(n * n + n for n in widths)


def hidden_layer_joined_with_itself(widths):
    return _count(widths) + sum(n * n for n in widths[1:-1])


def inputs_joined_with_every_layer(widths):
    return sum((widths[0] + 1) * n for n in widths[1:])


def ends_alone(widths):
    return (widths[0] + 1) * widths[-1]


def squares_of_the_units(widths):
    return sum(widths) ** 2


def index_runs_too_far(widths):
    return sum((widths[i] + 1) * widths[i + 1] for i in range(len(widths)))


def index_starts_at_minus_one(widths):
    return sum((widths[i - 1] + 1) * widths[i] for i in range(len(widths)))


def three_widths_hard_wired(widths):
    return (widths[0] + 1) * widths[1] + (widths[1] + 1) * widths[2]


def every_second_layer(widths):
    return sum((widths[i] + 1) * widths[i + 1] for i in range(0, len(widths) - 1, 2))


def arrays_counted(widths):
    return 2 * (len(widths) - 1)


def layers_listed(widths):
    return [(m + 1) * n for m, n in pairwise(widths)]


def weights_and_biases_apart(widths):
    return sum(m * n for m, n in pairwise(widths)), sum(widths[1:])


def a_decimal_number(widths):
    return float(_count(widths))


def bytes_counted(widths):
    return 8 * _count(widths)


def biases_subtracted(widths):
    return sum((m - 1) * n for m, n in pairwise(widths))


def one_more_unit_everywhere(widths):
    return _count([n + 1 for n in widths])


def widths_taken_out(widths):
    total = 0
    while len(widths) > 1:
        m = widths.pop(0)
        total += (m + 1) * widths[0]
    return total
