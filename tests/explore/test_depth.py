"""What the explorables of lecture 08 say is true, and the networks behind them compute it."""

import re

import numpy as np
import pytest

from mlpkit import explore
from mlpkit.depth import count_linear_regions, montufar_bound, sawtooth_network, shallow_bound, tent
from mlpkit.explore.folding import best_shallow, creases, folded, paper, paper_network
from mlpkit.explore.linear_regions import AT_RANDOM, BY_HAND, SHAPES, TRAINED, means, on_the_line, visible
from mlpkit.explore.wide_and_deep import HIDDEN, RACES, run
from mlpkit.network import MLP


def number(pattern, words):
    return float(re.search(pattern, words).group(1).replace(",", ""))


class TestTentMap:
    @pytest.mark.parametrize(("k", "n"), [(1, 1), (3, 6), (4, 16), (5, 64)])
    def test_the_one_layer_follows_as_many_pieces_as_the_words_say(self, k, n):
        stage = explore.tent_map(k=k, n=n)
        deep, wide = stage.figure.axes[0].lines[:2]
        x = (np.arange(2**k) + 0.5) / 2**k
        right = np.interp(x, *wide.get_data()) == pytest.approx(np.interp(x, *deep.get_data()))
        follows = [abs(np.interp(v, *wide.get_data()) - 0.5) < 1e-9 for v in x]
        assert sum(follows) == min(n, 2**k)
        assert right == (n >= 2**k)
        assert ("runs out" in stage.description) == (n < 2**k)

    def test_the_first_state_shows_that_six_units_do_not_suffice(self):
        assert "follows 6 of them and then runs out; it needs 8" in explore.tent_map().description


class TestFoldingPaper:
    @pytest.mark.parametrize("k", [1, 2, 3])
    def test_the_pattern_on_the_sheet_is_the_prediction_of_the_network(self, k):
        polygons, middles, on, cuts = paper(k, 0.75, 0.1)
        y = paper_network(k, 0.75, 0.1).predict(middles)[:, 0]
        np.testing.assert_array_equal(y > 1e-12, on)
        assert cuts == 4**k
        area = sum(
            0.5 * abs(np.cross(np.c_[p, 0 * p[:, :1]], np.c_[np.roll(p, -1, 0), 0 * p[:, :1]])[:, 2].sum())
            for p in polygons
        )
        assert area == pytest.approx(4)

    @pytest.mark.parametrize("k", [1, 2, 3])
    def test_folded_to_the_end_all_sheets_lie_on_one_stack_with_one_cut(self, k):
        polygons, middles, on, _ = paper(k, 0.75, 0.1)
        moved, order = folded(polygons, middles, k, 2 * k)
        assert sorted(order) == list(range(len(polygons)))
        low = 1 - 0.5 ** (k - 1)
        for polygon, is_on in zip(moved, on, strict=True):
            u = (polygon - low) * 2 ** (k - 1)  # the stack as the last unit sees it
            assert u.min() > -1e-9
            assert u.max() < 1 + 1e-9
            side = u[:, 0] - (0.75 - 0.65 * u[:, 1])
            assert (side > -1e-9).all() if is_on else (side < 1e-9).all()

    def test_a_flat_sheet_is_not_moved_and_every_fold_halves_it(self):
        polygons, middles, _, _ = paper(2, 0.75, 0.1)
        np.testing.assert_array_equal(
            np.concatenate(folded(polygons, middles, 2, 0)[0]), np.concatenate(polygons)
        )
        for done, (axis, place) in enumerate(creases(2), start=1):
            points = np.concatenate(folded(polygons, middles, 2, done)[0])
            assert points[:, axis].min() == pytest.approx(place)


class TestSquare:
    def test_a_layer_more_divides_the_error_by_4(self):
        errors = [
            number(r"largest error ([\d.]+e-\d+)", explore.square_by_folding(m=m).description)
            for m in (4, 5, 6)
        ]
        assert errors[0] / errors[1] == pytest.approx(4, rel=0.01)
        assert errors[1] / errors[2] == pytest.approx(4, rel=0.01)

    @pytest.mark.parametrize("n", [1, 3, 15])
    def test_the_best_of_n_plus_1_pieces_is_attained_and_no_network_of_one_layer_is_better(self, n):
        h, x = 1 / (n + 1), np.linspace(0, 1, 40 * (n + 1) + 1)
        knots = np.arange(n + 2) * h
        best = np.interp(x, knots, knots**2 - h**2 / 8) - x**2  # chords, moved down by half of what they miss
        assert abs(best).max() == pytest.approx(best_shallow(n))
        rng = np.random.default_rng(n)
        for _ in range(20):
            A = np.c_[np.maximum(0, np.outer(x, np.ones(n)) - rng.uniform(0, 1, n)), np.ones(len(x))]
            fit = A @ np.linalg.lstsq(A, x**2, rcond=None)[0]
            assert abs(fit - x**2).max() >= best_shallow(n) * (1 - 1e-9)

    def test_the_units_that_one_layer_needs_at_least_are_told(self):
        words = explore.square_by_folding(m=5).description
        fewest = number(r"at least (\d+) unit", words)
        assert best_shallow(fewest) <= 4.0**-6 < best_shallow(fewest - 1)


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


class TestWideAgainstDeep:
    def test_both_have_the_same_number_of_parameters_and_the_words_say_so(self):
        counts = {MLP([1, *hidden, 1]).parameters.size for hidden in HIDDEN.values()}
        assert counts == {169}
        assert "Both have 169 parameters" in explore.wide_against_deep().description

    def test_the_target_decides_who_wins(self):
        final = {
            target: [
                np.median([run(target, who, seed)[1][-1] for seed in range(3)]) for who in ("wide", "deep")
            ]
            for target in RACES
        }
        wide, deep = final["a jump"]
        assert deep < wide / 3
        wide, deep = final["a parabola"]
        assert wide < deep
        assert min(final["16 straight pieces"]) > 0.1  # neither

    def test_a_hand_made_network_has_the_16_pieces_exactly(self):
        x = np.linspace(0, 1, 65)[:, None]
        net = sawtooth_network(4)
        np.testing.assert_array_equal(net.predict(x), RACES["16 straight pieces"](2 * x - 1))
        np.testing.assert_array_equal(net.predict(x), tent(tent(tent(tent(x)))))
        assert count_linear_regions(net) == 16
        assert shallow_bound(1, 15) == 16
