"""Linear regions by hand, at random and after training."""

import re

import numpy as np
import pytest

from mlpkit import explore
from mlpkit.depth import montufar_bound
from mlpkit.explore.linear_regions import AT_RANDOM, BY_HAND, SHAPES, TRAINED, means, on_the_line, visible


def number(pattern, words):
    return float(re.search(pattern, words).group(1).replace(",", ""))


class TestRegionCounter:
    def test_folding_by_hand_attains_montufars_bound(self):
        for width, depth in ((2, 1), (4, 3), (8, 2)):
            words = explore.region_counter(width=width, depth=depth).description
            assert number(r"by hand: ([\d,]+) linear", words) == montufar_bound([2, *[width] * depth])
        assert "592 linear regions" in explore.region_counter().description
        assert "at most 137" in explore.region_counter().description

    @pytest.mark.parametrize("seed", range(3))
    def test_random_weights_stay_far_below(self, seed):
        words = explore.region_counter(weights=AT_RANDOM, seed=seed).description
        assert number(r": ([\d,]+) linear", words) < 592 / 3

    def test_the_picture_shows_all_regions_or_says_that_it_is_enlarged(self):
        for depth, cells in ((2, 592), (3, 592)):
            stage = explore.region_counter(depth=depth)
            ax = stage.figure.axes[0]
            assert len(ax.collections[0].get_paths()) == cells
            assert ("enlarged" in ax.texts[0].get_text()) == (depth == 3)


class TestHonestySwitch:
    def test_by_hand_the_words_tell_montufars_number(self):
        for shape, hidden in SHAPES.items():
            assert on_the_line(shape, BY_HAND, 0).count == montufar_bound([1, *hidden])

    def test_random_nets_have_about_one_piece_a_unit_whatever_their_shape(self):
        found = means()
        for shape in ("1 × 32", "2 × 16", "4 × 8"):
            assert 30 < found[shape] < 36
        assert 12 < found["8 × 4"] < 22
        assert f"{found['8 × 4']:.1f}" in explore.honesty_switch(shape="8 × 4").description

    def test_81920_pieces_are_drawn_with_few_points_and_reach_as_far(self):
        """All of them as lines and marks kept a browser busy for more than half a minute."""
        stage = explore.honesty_switch(shape="8 × 4", weights=BY_HAND)
        curve, kinks = stage.figure.axes[0].lines
        assert len(curve.get_xdata()) <= 1200
        assert len(kinks.get_xdata()) <= 600
        low, high = curve.get_ydata()[::2], curve.get_ydata()[1::2]
        assert low.max() < 0.1
        assert high.min() > 0.9
        assert curve.get_xdata()[0] == -4
        assert 4 - curve.get_xdata()[-1] < 8 / 600

    def test_a_curve_that_the_picture_can_show_is_drawn_as_it_is(self):
        x, y = np.array([-4.0, 0.0, 4.0]), np.array([0.0, 1.0, 0.5])
        assert visible(x, y) == (x, y)

    @pytest.mark.parametrize("shape", SHAPES)
    def test_training_does_not_multiply_the_pieces(self, shape):
        assert max(on_the_line(shape, TRAINED, seed).count for seed in range(2)) < 80
