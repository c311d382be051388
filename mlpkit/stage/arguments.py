"""What an author gives to a stage, checked before anything is changed: each mistake has its own sentence."""

import inspect
from collections.abc import Mapping

import ipywidgets as w
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure, FigureBase
from matplotlib.text import Text

from mlpkit.stage.layers import CONTAINERS


def check_figure(fig):
    """Raise TypeError for what is not a whole figure."""
    if isinstance(fig, Figure):
        return
    kind = type(fig).__name__
    if isinstance(fig, Axes | FigureBase):
        name = "ax" if isinstance(fig, Axes) else "subfigure"
        raise TypeError(
            f"Stage takes the figure; got {kind}: write Stage({name}.get_figure(root=True), update, ...)"
        )
    raise TypeError(
        f"Stage takes a matplotlib Figure first; got {kind}: write Stage(fig, update, live=[...])"
    )


def check_functions(update, describe):
    """Raise TypeError for what cannot be called."""
    if not callable(update):
        raise TypeError(
            f"update must be a function of the controls' values; got {type(update).__name__}: "
            "write Stage(fig, update, live=[...]) with def update(k): ..."
        )
    if describe is not None and not callable(describe):
        raise TypeError(
            f"describe must be a function of the controls' values that returns a text; got "
            f"{type(describe).__name__}: write describe=lambda k: f'k is {{k}}.'"
        )


def check_parameters(update, controls):
    """Raise TypeError when the controls are not exactly what `update` takes by name."""
    try:
        inspect.signature(update).bind(**controls)
    except TypeError as error:
        names = ", ".join(controls) or "(none)"
        raise TypeError(
            f"update{inspect.signature(update)} must take the controls {names} by name: {error}"
        ) from None


def check_play(play, controls):
    """Raise ValueError when `play` names no control made by steps()."""
    if play is not None and not isinstance(controls.get(play), w.IntSlider):
        raise ValueError(
            f"play={play!r} must name a control made by steps(); the controls are {list(controls)}"
        )


def flat(live):
    """The artists in `live`: one, or lists of them in any depth, as ax.plot, bar and boxplot return them."""
    if isinstance(live, Artist):
        return [live]
    if live is None:
        return []
    if isinstance(live, Mapping):
        live = list(live.values())
    if isinstance(live, np.ndarray) and live.dtype != object:
        raise TypeError(
            "live takes artists; got an array of numbers: of ax.hist, pass the third thing that it returns"
        )
    if isinstance(live, str) or not hasattr(live, "__iter__"):
        parts = [
            name for name in ("lines", "arrows", "legend") if isinstance(getattr(live, name, None), Artist)
        ]
        hint = f": pass its {' and '.join(parts)}" if parts else ""
        raise TypeError(f"live takes artists, as ax.plot returns them; got {live!r:.60}{hint}")
    return [artist for one in live for artist in flat(one)]


def check_live(fig, live):
    """Raise ValueError for a live artist that is not in the figure, is a part of another, or not drawn."""
    if not live:
        raise ValueError("live= names no artist, so nothing could move: live=[line], the artists of update")
    owners = parents(fig)
    for artist in live:
        kind = type(artist).__name__
        if artist is fig:
            raise ValueError("the figure itself cannot be live; name its axes: live=fig.axes")
        if artist not in owners:
            for owner in owners:
                if not isinstance(owner, CONTAINERS) and artist in owner.findobj():
                    raise ValueError(
                        f"a live {kind} is a part of a {type(owner).__name__}: make that live as a whole"
                    )
            raise ValueError(
                "live artists must be visible children of this figure's axes (or its titles and texts); "
                f"got {kind}, which is not"
            )
        for part in artist.findobj():
            if part.get_agg_filter() is not None:
                raise ValueError(f"a live {kind} with an agg_filter cannot be recorded; set_agg_filter(None)")
            if isinstance(part, Text) and part.get_usetex():
                raise ValueError("live text with usetex cannot be recorded; use mathtext")


def parents(fig):
    """{artist: the figure, subfigure or axes that draws it}, of all artists that can be live."""
    found, todo = {}, [fig]
    for container in todo:  # grows
        for child in container.get_children():
            found[child] = container
            if isinstance(child, CONTAINERS):
                todo.append(child)
    return found


def check_drawn(fig, live, order):
    """Raise ValueError for a live artist that `fig.draw` leaves out, as in hidden axes."""
    owners = parents(fig)
    for artist in live:
        chain = [artist]
        while chain[-1] in owners:
            chain.append(owners[chain[-1]])
        if not set(chain) & set(order):
            raise ValueError(
                f"the figure does not draw the live {type(artist).__name__}: its axes are hidden or switched "
                "off, or it is a frame of such axes; show them, or make the axes live: live=[ax]"
            )
