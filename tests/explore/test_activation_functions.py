"""Slopes and corners in words."""

import pytest

from mlpkit import explore
from mlpkit.activations import ACTIVATIONS
from mlpkit.explore.activation_functions import slope_in_words


def test_a_smooth_function_has_one_slope_a_corner_two_and_a_step_jumps():
    assert slope_in_words(ACTIVATIONS["tanh"], 0.0) == "tanh 0 with slope 1"
    assert "has a corner, slope 0 on its left and 1 on its right" in slope_in_words(ACTIVATIONS["relu"], 0.0)
    assert slope_in_words(ACTIVATIONS["step"], 0.0).endswith("jumps")


@pytest.mark.parametrize(("alpha", "jump"), [(1.0, "no jump"), (2.0, "a jump from 2 to 1")])
def test_only_elu_with_alpha_1_has_a_slope_without_a_jump(alpha, jump):
    assert f"The slope of ELU has {jump} at 0." in explore.parameter_lab(alpha=alpha).description


def test_under_the_microscope_a_corner_stays_and_a_smooth_curve_becomes_straight():
    assert "a corner" in explore.microscope(name="relu", zoom=256.0).description
    near, far = (explore.microscope(name="softplus", zoom=zoom).description for zoom in (256.0, 1.0))
    off = [float(words.split("line is off by ")[1].split(",")[0]) for words in (near, far)]
    assert off[0] < 0.01 * off[1]
