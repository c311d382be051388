"""The explorable figures of the lectures, one file a lecture, all of them in a registry.

    from mlpkit import explore
    explore.n_bumps()                       # a new stage: the last line of a notebook cell

Every name in `EXPLORABLES` is also a name of this package.
"""

from mlpkit.explore.activation_functions import activation_lab, microscope, parameter_lab
from mlpkit.explore.backpropagation import backprop_walk, chain_walk, gradient_check
from mlpkit.explore.deck_map import course_map
from mlpkit.explore.dying_relu import active_at_start, dying_relu
from mlpkit.explore.feedforward import composition, untangle
from mlpkit.explore.folding import folding_paper, square_by_folding, tent_map
from mlpkit.explore.layer_by_layer import initialization, vanishing_gradients
from mlpkit.explore.linear_models import decision_boundary, three_classes
from mlpkit.explore.linear_regions import honesty_switch, region_counter
from mlpkit.explore.loss_functions import confidently_wrong, mean_or_sum
from mlpkit.explore.loss_valleys import minibatches, valley
from mlpkit.explore.many_starts import train_and_test, xor_starts
from mlpkit.explore.matrix_shapes import shapes
from mlpkit.explore.one_neuron import one_neuron
from mlpkit.explore.output_units import gaussian_output, sigmoid_output
from mlpkit.explore.own_targets import drawn_target, heights_by_hand, typed_target
from mlpkit.explore.playground import own_points, playground
from mlpkit.explore.registry import EXPLORABLES, Explorable
from mlpkit.explore.softmax_output import softmax_output
from mlpkit.explore.studio import Studio, studio
from mlpkit.explore.swish_and_gelu import gelu_approximations, gelu_gate, swish_between, swish_slope
from mlpkit.explore.towers import curse, one_tower, towers
from mlpkit.explore.universal_approximation import error_against_n, n_bumps, one_bump, one_step
from mlpkit.explore.when_it_fails import when_it_fails
from mlpkit.explore.wide_and_deep import wide_against_deep

__all__ = [
    "EXPLORABLES",
    "Explorable",
    "Studio",
    "activation_lab",
    "active_at_start",
    "backprop_walk",
    "chain_walk",
    "composition",
    "confidently_wrong",
    "course_map",
    "curse",
    "decision_boundary",
    "drawn_target",
    "dying_relu",
    "error_against_n",
    "folding_paper",
    "gaussian_output",
    "gelu_approximations",
    "gelu_gate",
    "gradient_check",
    "heights_by_hand",
    "honesty_switch",
    "initialization",
    "mean_or_sum",
    "microscope",
    "minibatches",
    "n_bumps",
    "one_bump",
    "one_neuron",
    "one_step",
    "one_tower",
    "own_points",
    "parameter_lab",
    "playground",
    "region_counter",
    "shapes",
    "sigmoid_output",
    "softmax_output",
    "square_by_folding",
    "studio",
    "swish_between",
    "swish_slope",
    "tent_map",
    "three_classes",
    "towers",
    "train_and_test",
    "typed_target",
    "untangle",
    "valley",
    "vanishing_gradients",
    "when_it_fails",
    "wide_against_deep",
    "xor_starts",
]
