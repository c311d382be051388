"""Many stages on one page, moved together: quick, since the browser loads and moves once."""

from base64 import b64decode

import numpy as np
from PIL import Image

from mlpkit.stage import export

PAGE = """<!doctype html><meta charset="utf-8">
<style>main {{ display: flex; flex-wrap: wrap; width: 3600px }} .mlpkit-stage {{ width: 440px }}
@media (prefers-color-scheme: dark) {{ body {{ background: #111 }} }}</style>
<main>{stages}</main><script type="module">{module}</script>"""

MOVE = """k => { for (const range of document.querySelectorAll('input[type=range]')) {
  range.value = k; range.dispatchEvent(new Event('input')); } }"""
ARRIVED = """([at, theme, count]) => {
  const all = [...document.querySelectorAll('canvas[data-right=true]')];
  return all.length === count && all.every(c => c.dataset.k === at && c.dataset.theme === theme); }"""
TAKE = "[...document.querySelectorAll('canvas')].map(c => c.toDataURL('image/png').split(',')[1])"


class Page:
    """Stages with one control k each, from `low`, on one page of a browser."""

    def __init__(self, browser, stages, folder):
        self.stages = stages
        stages_text = "\n".join(export.element(stage, 3000) for stage in stages)
        file = folder / "many.html"
        file.write_text(PAGE.format(stages=stages_text, module=export.page_module()), encoding="utf-8")
        self.context = browser.new_context(viewport={"width": 3700, "height": 1200})
        self.page = self.context.new_page()
        self.page.goto(file.as_uri())

    def pictures(self, k, theme):
        """What the browser shows when all controls are at k -> a list of (height, width, 4) arrays."""
        self.page.emulate_media(color_scheme=theme)
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": 3700, "height": height + 50})
        control = self.stages[0].controls["k"]
        self.page.evaluate(MOVE, k - control.min)
        self.page.wait_for_function(ARRIVED, arg=[str(k), theme, len(self.stages)])
        return [rgba(b64decode(text)) for text in self.page.evaluate(TAKE)]

    def close(self):
        self.context.close()


def rgba(png):
    """PNG bytes -> (height, width, 4) integers."""
    import io

    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"), int)


def on_paper(pixels, paper):
    """Pixels with alpha, on a paper of one grey -> (height, width, 3)."""
    alpha = pixels[..., 3:] / 255
    return pixels[..., :3] * alpha + paper * (1 - alpha)


def share_off(a, b, paper):
    """The share of pixels that differ by more than 32 of 255 in some colour."""
    assert a.shape == b.shape
    return (abs(on_paper(a, paper) - on_paper(b, paper)).max(axis=2) > 32).mean()
