"""Presenting a lecture in a classroom: slides, notes, plan, JupyterLab's slides mode, a page without kernel.

Imports: stage.

deck          a notebook's slides, steps, speaker's notes and minutes
plan          the running order of a class
workspace     the copy of the lectures and the settings that a presentation has for itself
server        a server extension: deck for the page, address and window of the speaker's notes
labextension  plain JavaScript over jupyterlab-deck: start, keys, layout, notes; no build step
fallback      the page without a kernel
prose         Markdown as HTML with formulas that every browser draws
"""

from mlpkit.present.deck import Deck, Slide, read_deck

__all__ = ["Deck", "Slide", "read_deck"]
