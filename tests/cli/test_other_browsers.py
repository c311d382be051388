"""Firefox and WebKit for the tests: found where all their programs are, installed only as root with apt."""

import os

import pytest

from mlpkit.cli import browser

pytestmark = pytest.mark.skipif(os.name == "nt", reason="makes programs by their mode")


@pytest.fixture
def program(monkeypatch, tmp_path):
    """A function that makes a program of this name, the only ones on PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def make(name, text=""):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return path

    return make


def test_webkit_is_there_when_its_driver_and_a_screen_are(program):
    webkit = browser.OTHER_BROWSERS["webkit"]
    assert webkit.find() is None
    driver = program("WebKitWebDriver")
    assert webkit.find() is None
    program("Xvfb")
    assert webkit.find() == driver


@pytest.mark.skipif(
    os.path.exists("/Applications/Firefox.app"), reason="a Firefox that is not on PATH is here"
)
def test_a_firefox_that_is_a_snap_is_not_taken(program, tmp_path):
    firefox = browser.OTHER_BROWSERS["firefox"]
    program("firefox", '#!/bin/sh\nexec /snap/bin/firefox "$@"\n')
    assert firefox.find() is None
    (tmp_path / "firefox").unlink()
    (tmp_path / "firefox").symlink_to(program("snap"))
    assert firefox.find() is None
    esr = program("firefox-esr")
    assert firefox.find() == esr


def test_what_is_missing_is_installed_as_root_and_what_is_there_is_left(program, monkeypatch):
    program("firefox-esr")
    program("apt-get")
    asked = []
    monkeypatch.setattr(browser, "attempt", lambda command, environment: asked.append(command))
    monkeypatch.setattr(browser, "AS_ROOT", False)
    browser.install_other_browsers()
    assert asked == []
    monkeypatch.setattr(browser, "AS_ROOT", True)
    browser.install_other_browsers()
    assert [command[-1] for command in asked[1:]] == ["webkit2gtk-driver", "xvfb"]


def test_a_version_ends_with_its_number_and_help_is_none(program):
    says = program("says", "#!/bin/sh\necho Mozilla Firefox 153.8.0esr on Debian\n")
    assert browser.browser_version(says) == "Mozilla Firefox 153.8.0esr"
    assert browser.browser_version(program("helps", "#!/bin/sh\necho Usage: a browser\n")) == ""
