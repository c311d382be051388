"""The studio around the explorables of slides 21 and 22."""

import pytest

from mlpkit import explore
from mlpkit.explore import EXPLORABLES
from mlpkit.explore.studio import TABS


class TestStudio:
    def test_its_tabs_hold_the_explorables_of_both_slides(self):
        names = [name for _, page in TABS.values() for name in page]
        beside = {"universality", "visual-proof"}
        wanted = {name for name, e in EXPLORABLES.items() if beside & set(e.slides)}
        assert set(names) == wanted, (
            f"give {sorted(wanted.symmetric_difference(names))} its place in TABS of mlpkit/explore/studio.py"
        )

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
