"""One Chromium for all browser tests of a worker, and one JupyterLab with a copy of the lectures."""

import pytest
from browser.lab import jupyterlab, lectures_copy

from mlpkit.cli.browser import CHROMIUM_FLAGS


@pytest.fixture(scope="session")
def chromium(browser_path):
    """A running Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(browser_path), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab that serves a copy of the lectures."""
    with jupyterlab(lectures_copy(tmp_path_factory.mktemp("lab"))) as address:
        yield address


# The figures of a page that is gone would go on computing their tables beside the next test.
END_KERNEL = "async () => await window.jupyterapp?.shell.currentWidget?.sessionContext?.shutdown()"


@pytest.fixture
def page(chromium):
    """A fresh page, as wide as a small laptop's; the kernel of a notebook on it ends with it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    yield page
    page.evaluate(END_KERNEL)
    context.close()
