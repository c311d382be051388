"""The widget that draws a stage in the browser: the traits it starts with. All else is messages."""

from pathlib import Path

import anywidget
import ipywidgets as w
import traitlets as t

HERE = Path(__file__).parent
SCRIPTS = (
    "renderer.js",
    "decoder.js",
    "controller.js",
    "handles.js",
    "view.js",
)  # joined to one module, in this order


def module(*more):
    """The JavaScript of a stage as the text of one ES module; `more`: files to append."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in (*SCRIPTS, *more))


class Picture(anywidget.AnyWidget):
    """Static pictures, resources, first state and tables of a stage, and the models of its controls."""

    _esm = module("widget.js")
    size = t.List(help="the figure's width and height in CSS pixels").tag(sync=True)
    width = t.Unicode(help="CSS width on the page").tag(sync=True)
    scale = t.Int(help="picture pixels for one CSS pixel").tag(sync=True)
    pictures = t.Dict(help="theme -> {below, above}: PNG bytes; the dark one comes later").tag(sync=True)
    resources = t.List(help="[table, index, value] rows known at the start").tag(sync=True)
    first = t.Dict(help="the first state: its message, and its display list as `data`").tag(sync=True)
    tables = t.List(help="tables computed in advance for a page without Python, as `first`").tag(sync=True)
    controls = t.List(help="[{name, label, values: texts, at: numbers, free}]").tag(sync=True)
    axes = t.List(help="geometry of the axes, for coordinates under the pointer").tag(sync=True)
    handles = t.List(help="what can be dragged or drawn: messages of mlpkit.stage.handles").tag(sync=True)
    models = t.List(t.Instance(w.Widget)).tag(sync=True, **w.widget_serialization)
    described = t.Bool(help="whether the description is also shown under the picture").tag(sync=True)
