"""A stage outside JupyterLab: on a page of its own from disk, in Notebook 7, and under Voilà."""

import importlib.util
import os
import socket
import subprocess
import sys
import time

import pytest
from browser.lab import CHECKOUT, at_rest, free_port
from browser.pages import notebook_of
from browser.pixels import rgb, share_off
from stage import hands

from mlpkit.cli.checkout import jupyter_environment
from mlpkit.stage.layers import picture

pytestmark = pytest.mark.browser


@pytest.fixture
def watched(chromium):
    """A page that notes what it asks for and what goes wrong."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.asked, page.red = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.red.append(str(error)))
    page.on("console", lambda m: page.red.append(m.text) if m.type == "error" else None)
    yield page
    context.close()


def pixels(page):
    """The picture as PNG bytes."""
    from base64 import b64decode

    return b64decode(page.locator("canvas").evaluate("c => c.toDataURL('image/png')").split(",")[1])


def shown(page, **values):
    """Wait until the picture is the one of these values."""
    for name, value in values.items():
        page.wait_for_selector(f"canvas[data-{name}='{value}'][data-right=true]")


class TestPageFromDisk:
    def test_every_position_is_there_is_matplotlibs_picture_and_nobody_is_asked(self, watched, tmp_path):
        stage = hands.small()
        stage.to_html(tmp_path / "small.html")
        watched.goto((tmp_path / "small.html").as_uri())
        shown(watched, k=3, shape="sin")
        slider = watched.locator("input[type=range]")
        slider.focus()
        for _ in range(4):
            slider.press("ArrowRight")
        watched.locator("select").select_option(label="cos")
        shown(watched, k=7, shape="cos")
        stage.controls["k"].value, stage.controls["shape"].value = 7, "cos"
        assert share_off(rgb(pixels(watched)), rgb(picture(stage.figure))) <= 0.005
        assert watched.locator(".mlpkit-description").inner_text() == "cos of 7x."
        assert watched.locator("output").inner_text() == "7"
        assert watched.asked == [(tmp_path / "small.html").as_uri()]
        assert watched.red == []

    def test_a_handle_moves_the_input_with_it(self, watched, tmp_path):
        hands.small().to_html(tmp_path / "small.html")
        watched.goto((tmp_path / "small.html").as_uri())
        shown(watched, k=3)
        watched.locator(".mlpkit-handle").press("ArrowRight")
        shown(watched, k=4)
        assert watched.locator("output").inner_text() == "4"

    def test_a_position_that_was_not_computed_is_told_and_the_picture_stays_true_to_its_words(
        self, watched, tmp_path
    ):
        hands.dragged().to_html(tmp_path / "x.html", most=100)
        watched.goto((tmp_path / "x.html").as_uri())
        shown(watched, s=0.3, h=0.5)
        place, height = watched.locator("input[type=range]").all()
        place.press("ArrowRight")
        shown(watched, s=0.31, h=0.5)
        height.press("ArrowRight")
        note = watched.locator(".mlpkit-note")
        note.wait_for(state="visible")
        assert "was not computed for this page" in note.inner_text()
        assert float(watched.locator("canvas").evaluate("c => getComputedStyle(c).opacity")) < 0.5
        assert (
            watched.locator(".mlpkit-description").inner_text() == "The peak stands at 0.31 and is 0.50 high."
        )

    def test_it_follows_the_systems_dark_theme(self, chromium, tmp_path):
        hands.small().to_html(tmp_path / "small.html")
        context = chromium.new_context(color_scheme="dark")
        page = context.new_page()
        page.goto((tmp_path / "small.html").as_uri())
        page.wait_for_selector("canvas[data-theme=dark]")
        assert rgb(pixels(page))[2, 2].max() < 40
        context.close()


def serve(command, folder):
    """Start a server of this Python on 127.0.0.1 and wait until it listens -> (process, address)."""
    port = free_port()
    environment = {**os.environ, **jupyter_environment(folder / "jupyter")}
    environment["PYTHONPATH"] = os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "tests")])
    with open(folder / "server.log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, f"--port={port}"],
            env=environment, stdout=log, stderr=log, cwd=folder / "root",
        )  # fmt: skip
    end = time.time() + 60
    while time.time() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return process, f"http://127.0.0.1:{port}"
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise RuntimeError((folder / "server.log").read_text()[-2000:])


IDLE = """() => {
    const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
    return kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
}"""
HOSTS = {
    "notebook": (
        [
            "notebook", "--no-browser", "--IdentityProvider.token=", "--ServerApp.ip=127.0.0.1",
            "--allow-root", "--JupyterNotebookApp.expose_app_in_browser=True",
        ],
        "/notebooks/stages.ipynb",
    ),
    "voila": (["voila", "--no-browser", "--Voila.ip=127.0.0.1", "stages.ipynb"], "/"),
}  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_a_stage_moves_in_other_hosts_of_widgets(host, watched, tmp_path):
    if importlib.util.find_spec(host) is None:
        pytest.skip(f"{host} is not installed here (pip install {host}): a stage was not tried in it")
    command, path = HOSTS[host]
    folder = notebook_of(tmp_path, {"small": "hands.small()"})
    process, address = serve(command, folder)
    try:
        watched.goto(address + path, timeout=60_000)
        if host == "notebook":
            watched.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
            watched.wait_for_function(IDLE, timeout=60_000)
            watched.locator(".jp-Cell .cm-content").first.click()
            watched.keyboard.press("Shift+Enter")
        watched.wait_for_selector("canvas[data-right=true]", timeout=60_000)
        shown(watched, k=3)
        before = pixels(watched)
        ring = at_rest(watched.locator(".mlpkit-handle"))
        watched.mouse.move(ring["x"] + 11, ring["y"] + 11)
        watched.mouse.down()
        width = watched.locator("canvas").bounding_box()["width"]
        watched.mouse.move(ring["x"] + 0.3 * width, ring["y"], steps=5)
        watched.mouse.up()
        watched.wait_for_selector("canvas[data-k='7'][data-right=true], canvas[data-k='8'][data-right=true]")
        assert share_off(rgb(before), rgb(pixels(watched))) > 0.005
        assert watched.locator(".mlpkit-description").inner_text() in ("sin of 7x.", "sin of 8x.")
    finally:
        process.terminate()
        process.wait(20)
