"""Lecture 07 in a real JupyterLab in a real Chromium; test_present.py runs every lecture there."""

import re

import numpy as np
import pytest
from browser.lab import Notebook, jupyterlab, lectures_copy
from browser.pixels import rgb, share_off

from mlpkit import explore
from mlpkit.stage.layers import picture

pytestmark = pytest.mark.browser
LECTURE = "07_universal_approximation.ipynb"


def mean_error(words):
    return float(re.search(r"Mean error ([\d.]+)", words).group(1))


@pytest.fixture(scope="module")
def opened(tmp_path_factory, chromium):
    """Lecture 07, opened and run once for the tests below, in a JupyterLab where nobody else saves it."""
    with jupyterlab(lectures_copy(tmp_path_factory.mktemp("opened"))) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        notebook = Notebook.open(context.new_page(), address, LECTURE)
        notebook.run_all()
        yield notebook
        context.close()


class TestNBumps:
    def test_no_button_of_an_instructor_is_on_the_page(self, opened):
        assert opened.page.get_by_text("Create Assignment").count() == 0
        assert opened.page.get_by_text("Nbgrader", exact=True).count() == 0

    def test_the_keyboard_takes_n_from_5_to_40_and_curve_and_error_follow(self, opened):
        stage = opened.stage("n")
        stage.wait(n=5)
        before, words = stage.pixels(), stage.description()
        stage.press("bumps N", "ArrowRight", times=35)
        stage.wait(n=40)
        assert stage.description() == explore.n_bumps(n=40).description
        assert "80 hidden units" in stage.description()
        assert mean_error(stage.description()) < mean_error(words) / 3
        assert share_off(rgb(before), rgb(stage.pixels())) > 0.005

    def test_the_picture_is_matplotlibs_own(self, opened):
        stage = opened.stage("n")
        stage.wait(n=40)
        want = rgb(picture(explore.n_bumps(n=40).figure))
        assert share_off(rgb(stage.pixels()), want) <= 0.005

    def test_menus_change_target_and_network(self, opened):
        stage = opened.stage("n")
        stage.choose("network", "N − 1 units: merged steps")
        stage.wait(n=40, build="N − 1 units: merged steps")
        assert "39 hidden units" in stage.description()
        label = explore.n_bumps().controls["target"].options[1][0]
        stage.choose("target", label)
        stage.wait(n=40, target=label)
        assert (
            len({stage.description(), explore.n_bumps(n=40, build="N − 1 units: merged steps").description})
            == 2
        )

    def test_every_key_press_in_between_is_shown_too(self, opened):
        stage = opened.stage("n")
        for n in (39, 38, 37):
            stage.press("bumps N", "ArrowLeft")
            stage.wait(n=n)
            assert f"from {n - 1} hidden units" in stage.description()


class TestWords:
    def test_screen_readers_get_the_name_of_every_slider_and_a_description_of_the_picture(self, opened):
        stage = opened.stage("n")
        stage.wait()
        handles = stage.area.locator(".noUi-handle")
        names = [handles.nth(i).get_attribute("aria-label") for i in range(handles.count())]
        assert names == ["bumps N", "steepness w/N"]
        assert stage.canvas.get_attribute("role") == "img"
        assert stage.canvas.get_attribute("aria-label") == stage.description()

    def test_a_move_is_announced_once_the_slider_rests(self, opened):
        stage = opened.stage("n")
        now = int(stage.handle("bumps N").get_attribute("aria-valuetext"))
        stage.press("bumps N", "ArrowRight", times=4)
        stage.wait(n=now + 4)
        live = stage.area.locator("[aria-live=polite]")
        opened.page.wait_for_function(
            "([e, text]) => e.textContent === text", arg=[live.element_handle(), stage.description()]
        )


class TestTheme:
    def test_a_change_of_theme_repaints_every_stage(self, opened):
        stage = opened.stage("w")
        stage.wait()
        light = rgb(stage.pixels())
        opened.theme("JupyterLab Dark")
        opened.page.wait_for_function("c => c.dataset.theme === 'dark'", arg=stage.canvas.element_handle())
        dark = rgb(stage.pixels())
        assert np.median(light) > 240
        assert np.median(dark) < 40
        opened.theme("JupyterLab Light")
        opened.page.wait_for_function("c => c.dataset.theme === 'light'", arg=stage.canvas.element_handle())
        assert share_off(rgb(stage.pixels()), light) == 0


class TestTwoViews:
    def test_a_page_that_is_reloaded_while_the_kernel_lives_goes_on_where_it_was(self, opened):
        stage = opened.stage("n")
        stage.press("bumps N", "ArrowRight", times=3)
        shown = stage.handle("bumps N").get_attribute("aria-valuetext")
        stage.wait(n=shown)
        opened.wait_until_heard("bumps N", shown)
        opened.save()
        opened.page.reload()
        opened.page.wait_for_function(
            "window.jupyterapp && document.querySelector('.jp-Notebook .jp-Cell')", timeout=90_000
        )
        opened.wait_for_kernel()
        again = opened.stage("n")
        again.wait(n=shown)
        again.press("bumps N", "ArrowRight")
        again.wait(n=int(shown) + 1)
        assert opened.errors() == []
