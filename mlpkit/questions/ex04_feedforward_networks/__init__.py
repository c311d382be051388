"""Set 04: a layer, a network of layers, and how many numbers it has."""

from mlpkit.exercises.records import set_of_questions

SET = set_of_questions(__name__, "Feedforward networks", ["dense_forward", "mlp_forward", "count_parameters"])
