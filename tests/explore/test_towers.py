"""Towers over the square, their errors and their number."""

import pytest

from mlpkit import explore
from mlpkit.approximation import naive_tower_units
from mlpkit.explore.towers import memory, tower_weights


class TestTowers:
    @pytest.mark.parametrize(
        ("h", "inside", "beside"), [(0.3, 0.537, 0.463), (1.0, 0.622, 0.378), (10.0, 0.993, 0.007)]
    )
    def test_the_words_tell_inside_and_beside(self, h, inside, beside):
        words = explore.one_tower(h=h).description
        assert f"inside the square {inside}" in words
        assert f"beside it, where one bump is up, {beside}" in words

    def test_the_bias_has_an_effect_when_it_is_not_locked(self):
        words = {
            lock: {explore.one_tower(h=20, lock=lock, b=b).description for b in (-10, -30)} for lock in (0, 1)
        }
        assert len(words[1]) == 1
        assert len(words[0]) == 2

    def test_the_mean_error_of_a_surface_falls_with_m(self):
        def mean(m):
            return float(explore.towers(m=m).description.split("Mean error ")[1].split(",")[0])

        assert mean(24) < mean(6) / 3

    def test_the_curse_counts_units_and_weights(self):
        assert [naive_tower_units(10, d) for d in (1, 2, 3)] == [30, 500, 7000]
        assert "30 hidden" in explore.curse(d=1).description or "make 30;" in explore.curse(d=1).description
        d, m = 3, 4  # tower by tower: 2d steps (w, b), d·2 weights and a bias, an output weight
        assert tower_weights(m, d) == m**d * (2 * d * 2 + 2 * d + 1 + 1)
        assert memory(4 * tower_weights(10, 8)) == "20 GB"
