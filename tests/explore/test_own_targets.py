"""Targets that a reader types or draws, and heights that are dragged."""

import numpy as np
import pytest

from mlpkit import explore
from mlpkit.approximation import TARGETS
from mlpkit.explore.own_targets import finite, hand_drawn


def test_a_text_that_is_no_formula_is_answered_with_what_is_wrong_and_no_curve_is_shown():
    stage = explore.typed_target(formula="foo(x)")
    assert "do not know the function 'foo'" in stage.description
    assert np.isnan(stage.figure.axes[0].lines[0].get_ydata()).all()


def test_places_without_a_finite_value_count_as_zero_and_are_counted():
    assert finite(np.array([np.nan, np.inf, -np.inf, 3.0])).tolist() == [0.0, 100.0, -100.0, 3.0]
    assert "Where f has no finite value" in explore.typed_target(formula="log(x - 0.5)").description


def test_a_drawn_curve_is_linear_between_its_points_and_constant_outside():
    f = hand_drawn([[0.2, 1.0], [0.6, 0.0]])
    assert f(np.array([0.0, 0.2, 0.4, 1.0])) == pytest.approx([1.0, 1.0, 0.5, 0.0])
    assert hand_drawn([])(0.3) == 0


def test_heights_of_the_formula_are_as_good_as_the_formula_and_equal_heights_are_not():
    middles = (np.arange(5) + 0.5) / 5
    heights = [[x, float(TARGETS["nielsen"](x))] for x in middles]
    mean = explore.heights_by_hand(heights=heights).description.split("mean error ")[1].split(",")[0]
    assert f"which give {mean}" in explore.heights_by_hand(heights=heights).description
    assert "not yet as good as" in explore.heights_by_hand().description
