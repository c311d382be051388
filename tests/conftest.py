"""For all tests: no windows, nothing written to the home folder, a real browser where one is asked for."""

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

from mlpkit.cli.browser import HOW_TO_GET, OTHER_BROWSERS, find_browser
from mlpkit.cli.checkout import find_checkout, jupyter_environment

EXAMPLES = 25 if "MLPKIT_SEEDS" in os.environ else 100  # of each property; `make quick` sets the variable
hypothesis.settings.register_profile("mlpkit", deadline=None, max_examples=EXAMPLES)  # machines may be busy
hypothesis.settings.load_profile("mlpkit")
BROWSER = find_browser()  # before the folders below change where it would look
FOLDER = "MLPKIT_TEST_FOLDER"  # handed down from pytest to its workers


def keep_home_clean():
    """Point every program that writes settings or caches to one temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="mlpkit-tests-"))
    (folder / "jupyter").mkdir()
    os.environ.update(jupyter_environment(folder / "jupyter"))
    os.environ.update({FOLDER: str(folder), "MPLBACKEND": "agg", "MLPKIT_PROGRESS": "off"})
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(folder / name.lower())
    os.environ["NPM_CONFIG_CACHE"] = str(folder / "npm")  # JupyterLab's language servers ask npm where it is
    fonts = find_checkout() / ".jupyter" / "matplotlib"  # looked up at installation: saves a second a worker
    if fonts.is_dir():
        shutil.copytree(fonts, os.environ["MPLCONFIGDIR"])


OWNER = FOLDER not in os.environ  # not a worker, nor a pytest that a test has started
if OWNER:
    keep_home_clean()


def pytest_unconfigure(config):
    """Remove the temporary folder where it was made."""
    if OWNER:
        shutil.rmtree(os.environ.pop(FOLDER, ""), ignore_errors=True)


def required():
    """True where a missing browser is a failure and not a reason to skip."""
    return os.environ.get("MLPKIT_REQUIRE_BROWSER") == "1"


@pytest.hookimpl(tryfirst=True)  # before the marks decide which tests are run
def pytest_collection_modifyitems(items):
    """Mark the cells of notebooks, which nbval runs in kernels, as slow."""
    for item in items:
        if item.path.suffix == ".ipynb":
            item.add_marker("slow")


def pytest_runtest_setup(item):
    """Skip, or fail, what is marked `browser` when there is none."""
    if item.get_closest_marker("browser") and BROWSER is None:
        reason = f"no browser of the Chromium family here; to get one: {HOW_TO_GET}"
        (pytest.fail if required() else pytest.skip)(reason)


RATES = (  # what a test records, what it is called, which value is counted
    ("misconception", "kill rate", True),
    ("right solution", "false fails", False),
    ("wrong answer", "named or explained", True),
    ("wrong answer", "silent", False),
    ("right answer", "false fails", False),
)


def rates_of_the_exercises(terminalreporter):
    """How many misconceptions and answers were understood, and how many right solutions failed."""
    reports = [r for name in ("passed", "failed") for r in terminalreporter.getreports(name)]
    notes = [dict(r.user_properties) for r in reports if getattr(r, "when", "") == "call"]
    for kind, name, counted in RATES:
        found = [note[kind] for note in notes if kind in note]
        if found:
            share = f"{found.count(counted)} of {len(found)} {kind}s, {found.count(counted) / len(found):.1%}"
            terminalreporter.line(f"exercises: {name} {share}")


def pytest_terminal_summary(terminalreporter):
    """Say in capitals, right above the last line, when browser tests did not run."""
    rates_of_the_exercises(terminalreporter)
    skipped = [report for report in terminalreporter.getreports("skipped") if "browser" in report.keywords]
    if BROWSER is None and skipped:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="*")
        terminalreporter.line(f"{len(skipped)} TESTS NEED A BROWSER. TO GET ONE: {HOW_TO_GET}")
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="*")
        return
    for other in OTHER_BROWSERS.values():
        count = sum(other.not_installed in str(report.longrepr) for report in skipped)
        if count:
            terminalreporter.section(f"TESTS IN {other.label.upper()} DID NOT RUN", sep="*")
            terminalreporter.line(f"{count} TESTS NEED {other.label.upper()}. TO GET IT: {other.how_to_get}")


@pytest.fixture(scope="session")
def browser_path():
    """The path of the browser that tests drive."""
    if BROWSER is None:
        pytest.skip(f"no browser of the Chromium family here; to get one: {HOW_TO_GET}")
    return BROWSER
