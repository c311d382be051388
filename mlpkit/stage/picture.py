"""The browser's half of a stage as a widget: what it is given at the start. All else is messages."""

from pathlib import Path

import anywidget
import ipywidgets as w
import traitlets as t

HERE = Path(__file__).parent
SCRIPTS = ("paint.js", "player.js", "rings.js", "view.js")  # joined to one plain module, in this order


def module(*more):
    """The browser's half as the text of one ES module."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in (*SCRIPTS, *more))


class Picture(anywidget.AnyWidget):
    """Still pictures, vocabulary, first state and tables of a stage, and which controls steer it."""

    _esm = module("widget.js")
    size = t.List(help="the figure's width and height in CSS pixels").tag(sync=True)
    width = t.Unicode(help="CSS width on the page").tag(sync=True)
    scale = t.Int(help="picture pixels for one CSS pixel").tag(sync=True)
    pictures = t.Dict(help="theme -> {below, above}: PNG bytes; the dark one comes later").tag(sync=True)
    vocabulary = t.List(help="[table, index, value] rows known at the start").tag(sync=True)
    first = t.Dict(help="the first state: its message and its words").tag(sync=True)
    tables = t.List(help="tables that were made ahead for a page without Python, as `first`").tag(sync=True)
    controls = t.List(help="[{name, label, values: texts, at: numbers, free}]").tag(sync=True)
    axes = t.List(help="geometry of the axes, for coordinates under the pointer").tag(sync=True)
    handles = t.List(help="what can be dragged or drawn: messages of mlpkit.stage.handles").tag(sync=True)
    models = t.List(t.Instance(w.Widget)).tag(sync=True, **w.widget_serialization)
    spoken = t.Bool(help="whether the sentence is also shown under the picture").tag(sync=True)
