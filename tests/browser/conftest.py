"""One Chromium for all browser tests of a worker, and a fresh page for a test."""

import pytest

from mlpkit.cli.browser import CHROMIUM_FLAGS


@pytest.fixture(scope="session")
def chromium(browser_path):
    """A running Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(browser_path), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


# The figures of a page that is gone would go on computing their tables beside the next test.
END_KERNEL = "async () => await window.jupyterapp?.shell.currentWidget?.sessionContext?.shutdown()"


@pytest.fixture(scope="module")
def context(chromium):
    """One profile for the pages of a module: what JupyterLab is made of is loaded and compiled once."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context):
    """A fresh page, as wide as a small laptop's; the kernel of a notebook on it ends with it."""
    page = context.new_page()
    yield page
    page.evaluate(END_KERNEL)
    page.close()
