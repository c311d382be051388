"""The universal-approximation studio: the explorables of slides 21 and 22 behind six tabs."""

import ipywidgets as w

from mlpkit.explore.registry import EXPLORABLES

TABS = {
    "a": ("a · step", {"one_step": ""}),
    "b": ("b · bump", {"one_bump": ""}),
    "c": (
        "c · N bumps",
        {
            "n_bumps": "from the menu",
            "typed_target": "a typed formula",
            "drawn_target": "drawn by hand",
            "heights_by_hand": "heights dragged",
        },
    ),
    "d": ("d · error against N", {"error_against_n": ""}),
    "e": ("e · when it fails", {"when_it_fails": ""}),
    "f": ("f · towers", {"one_tower": "one tower", "towers": "M × M towers", "curse": "d inputs"}),
}


class Leaf(w.VBox):
    """The place of one explorable, which is built when it is first shown."""

    def __init__(self, name):
        self.name, self.stage = name, None
        super().__init__()

    def reveal(self):
        """Build the stage, once."""
        if self.stage is None:
            self.stage = EXPLORABLES[self.name].build()
            self.children = [self.stage]


class Page(w.VBox):
    """A tab: one explorable under a sentence, or several with a row of buttons to choose from."""

    def __init__(self, names):
        self.leaves = [Leaf(name) for name in names]
        self.choice = w.ToggleButtons(
            options=list(names.values()), index=0, tooltips=[EXPLORABLES[name].notice for name in names],
            style={"button_width": "auto"}, layout={"margin": "0 0 0 2px"},
        )  # fmt: skip
        self.choice.observe(lambda change: self.reveal(), "index")
        notice = (
            w.HTML(f"<em>{EXPLORABLES[next(iter(names))].notice}</em>") if len(names) == 1 else self.choice
        )
        super().__init__([notice, *self.leaves])

    @property
    def front(self):
        """The leaf that is shown."""
        return self.leaves[self.choice.index or 0]

    def reveal(self):
        """Show the chosen leaf and hide the others; their stages stay as they are."""
        self.front.reveal()
        for leaf in self.leaves:
            leaf.layout.display = "" if leaf is self.front else "none"


class Studio(w.Tab):
    """Six tabs, each with one explorable or with several to choose from.

    `tab` is the letter of the tab in front, "a" to "f"; setting `selected_index` changes it, as a click does.
    `stages` are those that have been shown so far, by name. Raises ValueError for another letter.
    """

    def __init__(self, tab="a"):
        if tab not in TABS:
            raise ValueError(f"studio has the tabs {', '.join(TABS)}; got {tab!r}")
        super().__init__(
            [Page(names) for _, names in TABS.values()],
            titles=[title for title, _ in TABS.values()],
            selected_index=list(TABS).index(tab),
        )
        self.observe(lambda change: self.front.reveal(), "selected_index")
        self.front.reveal()

    @property
    def front(self):
        """The page of the tab in front."""
        return self.children[self.selected_index or 0]

    @property
    def stages(self):
        """{name: stage} of what has been shown so far."""
        leaves = [leaf for page in self.children for leaf in page.leaves]
        return {leaf.name: leaf.stage for leaf in leaves if leaf.stage is not None}

    def __repr__(self):
        return f"Studio(tab={list(TABS)[self.selected_index or 0]!r}, {len(TABS)} tabs)"

    def _repr_mimebundle_(self, **kwargs):
        """The widget and its short text; without widgets, the picture of the stage in front."""
        picture = self.front.front.stage._repr_mimebundle_()["image/png"]
        return {**(super()._repr_mimebundle_(**kwargs) or {}), "image/png": picture}

    def close(self):
        """Close all stages and tabs."""
        for stage in self.stages.values():
            stage.close()
        super().close()


def studio(tab="a"):
    """The universal-approximation studio, opened at one of its tabs "a" to "f".

    >>> studio("e")
    Studio(tab='e', 6 tabs)
    """
    return Studio(tab)
