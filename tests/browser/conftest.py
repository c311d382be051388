"""One Chromium for all browser tests of a worker, a page for each test; Firefox, WebKit where installed."""

from contextlib import ExitStack, contextmanager

import pytest

from mlpkit.cli.browser import CHROMIUM_FLAGS, OTHER_BROWSERS


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


@contextmanager
def page_of(name, chromium):
    """A page of a browser for tests that are the same in all; skips where the browser is not installed."""
    from browser import engines

    if name == "chromium":
        context = chromium.new_context(viewport={"width": engines.WIDTH, "height": engines.HEIGHT})
        yield engines.ChromiumPage(context.new_page())
        context.close()
        return
    other = OTHER_BROWSERS[name]
    if not (program := other.find()):
        pytest.skip(f"{other.not_installed}: {other.how_to_get}")
    with getattr(engines, name)(program) as page:
        yield page


@pytest.fixture(scope="module")
def chromium_page(chromium):
    """A page of Chromium for a module."""
    with page_of("chromium", chromium) as page:
        yield page


@pytest.fixture(scope="module")
def firefox_page(chromium):
    """A page of Firefox for a module."""
    with page_of("firefox", chromium) as page:
        yield page


@pytest.fixture(scope="module")
def page_in(chromium):
    """The name of a browser -> a page of it, for all tests of a module."""
    with ExitStack() as stack:
        opened = {}

        def page(name):
            if name not in opened:
                opened[name] = stack.enter_context(page_of(name, chromium))
            return opened[name]

        yield page
