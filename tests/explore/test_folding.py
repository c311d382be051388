"""The tent map, the folded sheet and x² from sawtooths: the networks compute what the words say."""

import re

import numpy as np
import pytest

from mlpkit import explore
from mlpkit.explore.folding import best_shallow, creases, folded, paper, paper_network


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
        assert "follows 6 of them and then runs out." in explore.tent_map().description


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
