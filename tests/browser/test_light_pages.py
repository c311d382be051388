"""Pages of a stage: what the browser decodes, the first picture, and pages that cannot move."""

import re
from base64 import b64encode

import numpy as np
import pytest
from stage import hands
from stage.decoding import rounded
from stage.gallery import GALLERY

from mlpkit.explore.registry import EXPLORABLES
from mlpkit.stage.encoding import Encoder
from mlpkit.stage.picture import module

pytestmark = pytest.mark.browser

DECODE = """blocks => {
    const decoder = new Decoder();
    return blocks.flatMap(block => {
        const bytes = Uint8Array.from(atob(block), c => c.charCodeAt(0));
        return decoder.decode(new DataView(bytes.buffer)).map(parts => parts.flatMap(({ints}) => [...ints]));
    });
}"""
TIME = """block => {
    const bytes = Uint8Array.from(atob(block), c => c.charCodeAt(0)), times = [];
    for (let k = 0; k < 9; k++) {
        const begin = performance.now();
        new Decoder().decode(new DataView(bytes.buffer));
        times.push(performance.now() - begin);
    }
    return times.sort((a, b) => a - b)[4];
}"""


@pytest.fixture(scope="module")
def decoder(chromium):
    """A page with the stages' code."""
    page = chromium.new_context().new_page()
    page.set_content("<p>decoder</p>")
    page.add_script_tag(content=module() + "\nwindow.Decoder = Decoder;", type="module")
    page.wait_for_function("!!window.Decoder")
    yield page
    page.context.close()


@pytest.mark.parametrize("name", GALLERY)
def test_the_browser_decodes_what_was_recorded(name, decoder):
    stage, encoder = GALLERY[name](), Encoder()
    last = len(stage.states.values["k"]) - 1
    wanted = [stage.states.state([k])[0] for k in (0, last - 1, last, last - 1, 0)]
    blocks = [b64encode(encoder.encode(part)).decode() for part in (wanted[:3], wanted[3:])]
    for got, want in zip(decoder.evaluate(DECODE, blocks), wanted, strict=True):
        np.testing.assert_array_equal(np.array(got, np.uint32), rounded(want))
    stage.close()


def test_a_table_of_sixty_states_is_decoded_within_30_ms(decoder):
    stage = EXPLORABLES["n_bumps"].build()
    states = [stage.states.state([k, *stage.position[1:]])[0] for k in range(60)]
    spent = decoder.evaluate(TIME, b64encode(Encoder().encode(states)).decode())
    print(f"decoded in {spent:.1f} ms")
    assert spent <= 30
    stage.close()


@pytest.fixture
def small(tmp_path):
    """The address of a small stage's page."""
    hands.small().to_html(tmp_path / "small.html")
    return (tmp_path / "small.html").as_uri()


def test_a_page_without_scripts_shows_the_first_picture_and_says_why_it_does_not_move(chromium, small):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(small)
    box = page.locator("img").bounding_box()
    assert box["width"] > 200
    assert page.locator("img").get_attribute("alt") == "sin of 3x."
    assert "scripts are switched off" in page.locator("p").inner_text()
    context.close()


def test_a_browser_that_cannot_decompress_shows_the_first_picture_and_says_so(chromium, small):
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(small)
    page.wait_for_selector("img")
    assert page.evaluate("document.querySelector('img').naturalWidth") > 200
    assert "cannot decompress" in page.locator("p").inner_text()
    context.close()


def test_the_first_picture_needs_no_table(chromium, small, tmp_path):
    text = (tmp_path / "small.html").read_text(encoding="utf-8")
    broken = re.sub(r'"tables": "[^"]*"', '"tables": ""', text)
    (tmp_path / "broken.html").write_text(broken, encoding="utf-8")
    context = chromium.new_context()
    page = context.new_page()
    page.goto((tmp_path / "broken.html").as_uri())
    page.wait_for_selector("canvas[data-k='3'][data-right=true][data-tables=partial]")
    page.locator("input[type=range]").press("ArrowRight")
    page.wait_for_selector("canvas[data-k='3'][data-right=false]")
    assert page.locator(".mlpkit-note").inner_text() == "computing …"
    context.close()
