"""What the explorables of slides 21 and 22 say: rates, failures, towers, and the studio around them."""

import numpy as np
import pytest

from mlpkit import explore
from mlpkit.approximation import naive_tower_units
from mlpkit.explore import EXPLORABLES
from mlpkit.explore.studio import TABS
from mlpkit.explore.towers import memory, tower_weights
from mlpkit.explore.universal_approximation import COUNTS, bounds, fall, measure
from mlpkit.explore.when_it_fails import AT, CURVES, DEGREES, HIDDEN, MOST, fits, independent

WAVE, EVEN, BOTH, JUMP = CURVES


class TestErrorAgainstN:
    def test_steps_fall_like_one_over_n_and_hats_like_its_square(self):
        assert fall(measure("merged steps", 1024.0, "sup", "nielsen")) == pytest.approx(-1, abs=0.05)
        assert fall(measure("hats", 8.0, "sup", "nielsen")) == pytest.approx(-2, abs=0.08)

    @pytest.mark.parametrize("target", ["nielsen", "sine", "peak"])
    def test_what_is_measured_stays_below_what_theory_allows(self, target):
        for_steps, for_hats = bounds(target)
        # steps of weight 1024 N add 2 ln 2 · L/w to the bound of ideal ones: 0.3 % of it
        assert (measure("merged steps", 1024.0, "sup", target) <= np.multiply(for_steps, 1.003)).all()
        assert (measure("hats", 8.0, "sup", target) <= np.multiply(for_hats, 1 + 1e-9)).all()

    def test_theory_promises_nothing_for_a_jump(self):
        assert np.isnan(bounds("step")).all()

    def test_the_end_point_trap_is_in_the_largest_error_and_not_in_the_mean(self):
        sup, mean = (measure("N bumps", 8.0, norm, "nielsen") for norm in ("sup", "l1"))
        assert sup[COUNTS >= 5].min() > 0.41
        assert mean[-1] < 0.001


class TestWhenItFails:
    @pytest.mark.parametrize(("g", "degree"), DEGREES.items())
    def test_polynomial_units_stop_at_the_best_polynomial(self, g, degree):
        best = np.polynomial.Polynomial.fit(AT, CURVES[WAVE](AT), degree)(AT)
        Y, errors = fits(g, True, WAVE)
        for n in (degree, 17, MOST):
            np.testing.assert_allclose(Y[:, n], best, atol=1e-9)
        assert 1.05 < errors["largest"][MOST] < 1.2
        assert independent(g, True)[1][MOST] == degree + 1

    @pytest.mark.parametrize("g", ["sigmoid", "tanh", "ReLU"])
    @pytest.mark.parametrize("curve", [WAVE, EVEN, BOTH])
    def test_others_fall(self, g, curve):
        largest = fits(g, True, curve)[1]["largest"]
        assert largest[MOST] < 0.15 < 0.7 < largest[3]

    def test_the_fit_is_numpys_least_squares(self):
        rng = np.random.default_rng(0)
        w = rng.uniform(4, 12, MOST) * rng.choice([-1, 1], MOST)
        b = -w * rng.uniform(-1, 1, MOST)
        A = np.column_stack([HIDDEN["tanh"](AT[:, None] * w + b)[:, :12], np.ones(len(AT))])
        weights = np.linalg.lstsq(A, CURVES[BOTH](AT), rcond=None)[0]
        np.testing.assert_allclose(fits("tanh", True, BOTH)[0][:, 12], A @ weights, atol=1e-8)

    def test_without_biases_relu_has_rank_two_and_tanh_is_odd(self):
        assert independent("ReLU", False)[1][MOST] == 2
        Y = fits("tanh", False, BOTH)[0]
        # a column of which 1e-9 is new is divided by that: 7 of its 16 digits are left
        np.testing.assert_allclose(Y[::-1], -Y, atol=1e-5)
        even = fits("tanh", False, EVEN)
        np.testing.assert_allclose(even[0], 0, atol=1e-6)
        assert even[1]["largest"][MOST] == pytest.approx(1)

    def test_the_words_begin_with_the_error_that_is_shown(self):
        largest, mean = (explore.when_it_fails(norm=norm).description for norm in ("largest", "mean"))
        assert "Largest error 1.16, shown on the right; mean error 0.6." in largest
        assert "Mean error 0.6, shown on the right; largest error 1.16." in mean

    @pytest.mark.parametrize("g", ["sigmoid", "tanh", "ReLU"])
    def test_a_jump_keeps_its_largest_error_while_the_mean_falls(self, g):
        errors = fits(g, True, JUMP)[1]
        # half of the jump is 0.6; on a grid a steep curve may pass between two points, and come closer
        assert 0.4 < errors["largest"][MOST] < 0.7
        assert errors["mean"][MOST] < 0.2 * errors["mean"][3]


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


class TestStudio:
    def test_its_tabs_hold_the_explorables_of_both_slides(self):
        names = [name for _, page in TABS.values() for name in page]
        beside = {"universality", "visual-proof"}
        assert set(names) == {name for name, e in EXPLORABLES.items() if beside & set(e.slides)}

    def test_a_stage_is_built_when_its_tab_is_turned_to(self):
        studio = explore.studio("e")
        assert repr(studio) == "Studio(tab='e', 6 tabs)"
        assert list(studio.stages) == ["when_it_fails"]
        studio.selected_index = 5
        assert list(studio.stages) == ["when_it_fails", "one_tower"]
        studio.front.choice.index = 2
        assert studio.front.front.name == "curse"
        assert [leaf.layout.display for leaf in studio.front.leaves] == ["none", "none", ""]
        assert "image/png" in studio._repr_mimebundle_()
        studio.close()

    def test_an_unknown_tab_is_refused(self):
        with pytest.raises(ValueError, match="studio has the tabs a, b, c, d, e, f; got 'g'"):
            explore.studio("g")
