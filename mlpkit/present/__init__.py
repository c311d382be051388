"""A lecture in the room: its slides and notes as data, the layer over JupyterLab's slides mode, the fallback.

deck          a notebook's slides, steps, speaker's notes and minutes
plan          the running order of a class
room          the copy of the lectures and the settings that a presentation has for itself
server        a server extension: tells and opens the window with the speaker's notes
labextension  plain JavaScript over jupyterlab-deck: start, keys, layout, notes; no build step
prose         Markdown as HTML with formulas that every browser draws
"""

from mlpkit.present.deck import Deck, Slide, read_deck

__all__ = ["Deck", "Slide", "read_deck"]
