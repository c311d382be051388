"""A stage outside Jupyter: pictures, animations, and one-file pages that need neither Python nor network."""

import base64
import itertools
import json
import zlib
from html import escape
from pathlib import Path

from PIL import Image

from mlpkit.stage import palette, sliders, themes
from mlpkit.stage.encoding import Encoder
from mlpkit.stage.layers import picture as picture_of
from mlpkit.stage.layers import pixels
from mlpkit.stage.picture import HERE, module

SAFE = bytes.maketrans(b"<&", b",.")
PICTURES = (".png", ".pdf", ".svg")
WITHOUT_SCRIPTS = "This figure does not move, because scripts are switched off here."


def save(stage, path, control):
    """A picture of the present state, or an animation of one control."""
    path = Path(path)
    kind = path.suffix.lower()
    if kind in PICTURES:
        with stage.states.frame():
            stage.figure.savefig(path, dpi=stage.states.frame.dpi)
    elif kind == ".gif":
        animation(stage, path, control)
    else:
        raise ValueError(f"save writes {', '.join(PICTURES)} and .gif; got {path.name!r}")


def animation(stage, path, control):
    """All positions of one control, one after the other, as an animated GIF."""
    finite = [name for name, values in stage.states.values.items() if values is not None]
    if control is None and len(finite) == 1:
        control = finite[0]
    if control not in finite:
        raise ValueError(f'an animation needs the control that moves: save("x.gif", control=one of {finite})')
    column, states = list(stage.states.values).index(control), stage.states
    frames = []
    for index in range(len(states.values[control])):
        at = stage.position
        at[column] = index
        with states.frame():
            states.update(**states.parameters(at))
            picture = Image.fromarray(pixels(states.fig)).reduce(states.frame.scale)
        frame = Image.new("RGB", picture.size, "white")  # where the figure is transparent
        frame.paste(picture, mask=picture)
        frames.append(frame.convert("P", palette=Image.Palette.ADAPTIVE))
    stage.figure  # noqa: B018  (back at the controls' state)
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=90, loop=0)


def tables(stage, most):
    """The tables of a page without Python, as [(message, bytes), ...].

    All positions if they are at most `most`: one table of the longest control per combination of the others.
    Else one table per control, the others fixed at their present values. A position where update fails
    is left out.
    """
    states, at = stage.states, stage.position
    sizes = {name: len(values) for name, values in states.values.items() if values is not None}
    if not sizes:
        return []
    if states.size() <= most:
        longest = max(sizes, key=sizes.__getitem__)
        spans = [
            [at[i]] if n == longest or n not in sizes else range(sizes[n])
            for i, n in enumerate(states.values)
        ]
        wanted = [(longest, list(position)) for position in itertools.product(*spans)]
    else:
        wanted = [(name, at) for name in sizes]
    made, version = [], None
    while version != states.version:  # a table may need another plan, which the others follow too
        version = states.version
        made = [states.table(axis, position) for axis, position in wanted]
    stage.figure  # noqa: B018  (back at the controls' state)
    encoder = Encoder()
    return [batch.message(encoder) for batch in made if batch.indices]


def to_html(stage, path, most):
    """One file: the module, the pictures, the resources and the compressed tables, with HTML inputs."""
    title = escape(stage.states.state(stage.position)[1] or "explorable figure")
    page = PAGE.format(title=title, stage=element(stage, most), module=page_module())
    Path(path).write_text(page, encoding="utf-8")


def page_module():
    """The stages' code for the browser: a module that inflates the real one, or says what is missing."""
    lines = [line.strip() for line in module("page.js").splitlines()]
    code = "\n".join(line for line in lines if line and not line.startswith(("//", "/**", "* ", "*/")))
    loader = (HERE / "loader.js").read_text(encoding="utf-8")
    return loader.replace("MODULE", base64.b64encode(_deflated(code.encode())).decode())


def element(stage, most):
    """A stage as an element of a page: all its data in a script, read by the module of `page_module()`.

    For pages with several stages; they share one copy of the module. There are two compressed parts: what the
    first picture needs, and the tables. Without scripts the page shows a picture of the present state.
    """
    made = tables(stage, most)
    picture, states = stage.picture, stage.states
    first, display_list = states.single(stage.position).message()
    stage.kernel.complete_pictures()
    start = dict(
        size=picture.size, width=picture.width, scale=picture.scale, described=picture.described,
        axes=picture.axes, handles=picture.handles, controls=picture.controls,
        resources=states.recorder.resources.rows(),
        first={**first, "data": _text(display_list)},
        inputs=[_input(control, states.values[name]) for name, control in stage.controls.items()],
    )  # fmt: skip
    index = json.dumps([{**message, "bytes": len(part)} for message, part in made]).encode()
    page = dict(
        pictures=_pictures(picture.pictures),
        start=_text(_deflated(json.dumps(start).encode())),
        tables=_text(_deflated(b"".join([index, b"\n", *(part for _, part in made)]))),
    )
    script = json.dumps(page).replace("</", "<\\/")
    return (
        f'<div class="mlpkit-stage"><noscript>{_still(stage, first["descriptions"][0])}</noscript>'
        f'<script type="application/json">{script}</script></div>'
    )


def _still(stage, description):
    """The picture of the present state, for where nothing moves; it has a white background in both themes."""
    picture = picture_of(stage.states.fig, shrink=stage.states.frame.scale)
    data = base64.b64encode(palette.small(picture)).decode()
    width, height = stage.picture.size
    return (
        f'<img src="data:image/png;base64,{data}" alt="{escape(description)}" width="{width}" '
        f'height="{height}" style="max-width:100%;height:auto"><p>{WITHOUT_SCRIPTS}</p>'
    )


def _pictures(pictures):
    """{layer: parts of its PNG by theme}; the parts of a layer without a common palette are whole PNGs."""
    found = {}
    for layer in ("below", "above"):
        light, dark = (pictures[theme][layer] for theme in (themes.LIGHT, themes.DARK))
        if light:
            parts = palette.paired(light, dark)
            parts = parts or dict(light=palette.optimized(light), dark=palette.optimized(dark))
            found[layer] = {name: _text(data) for name, data in parts.items()}
    return found


def _deflated(data):
    return zlib.compress(data, 9)


def _text(data):
    """Bytes as text that needs no escapes in a page: base 85, with other signs for < and &."""
    return base64.b85encode(data).translate(SAFE).decode()


def _input(control, values):
    """How a plain page shows a control."""
    if values is None:
        return dict(kind="fixed", text=sliders.format_value(control, values))
    if hasattr(control, "options"):
        return dict(kind="menu", at=control.index)
    kind = "switch" if isinstance(control.value, bool) else "range"
    return dict(kind=kind, at=sliders.place(control, values))


PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
  :root {{ color-scheme: light dark; font: 16px/1.4 system-ui, sans-serif }}
  body {{ margin: 1rem auto; padding: 0 1rem; max-width: 64rem }}
  @media (prefers-color-scheme: dark) {{ body {{ background: #111; color: #eee }} }}
  .controls {{ display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin-bottom: .5rem }}
  .controls label {{ display: flex; gap: .6rem; align-items: center; flex: 1 1 21rem }}
  .controls input[type=range] {{ flex: 1; min-width: 8rem }}
  .controls output {{ min-width: 4rem; font-variant-numeric: tabular-nums }}
</style>
<main>{stage}</main>
<script type="module">
{module}
</script>
</html>
"""
