"""Wide against deep with equally many parameters."""

import numpy as np

from mlpkit import explore
from mlpkit.depth import count_linear_regions, sawtooth_network, shallow_bound, tent
from mlpkit.explore.wide_and_deep import HIDDEN, RACES, run
from mlpkit.network import MLP


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
