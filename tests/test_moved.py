"""Old names of modules and functions: each still works for one release and names the new one in a warning."""

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest
from matplotlib.figure import Figure

from mlpkit import _moved, solution_figures
from mlpkit._moved import MOVED, new_name
from mlpkit.cli.checkout import find_checkout


def pairs():
    """(old, new) of every module that moved and of every module below it."""
    for old, new in MOVED.items():
        yield old, new
        for info in pkgutil.walk_packages(getattr(import_module(new), "__path__", []), f"{new}."):
            yield old + info.name.removeprefix(new), info.name


PAIRS = sorted(pairs())


@pytest.fixture(autouse=True)
def not_yet_imported():
    """Forget the old names after each test, so that the next one imports them for the first time."""
    yield
    for name in [name for name in sys.modules if new_name(name)]:
        del sys.modules[name]
    for old, new in MOVED.items():
        parent, _, name = old.rpartition(".")
        names = vars(import_module(parent))
        if names.get(name) is sys.modules.get(new, parent):
            del names[name]


def import_with_warning(old, new):
    """Import the old name -> its module; fails without a DeprecationWarning that names both."""
    with pytest.warns(DeprecationWarning, match=rf"^{old} is now {new}; the old name will go"):
        return import_module(old)


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=[old for old, _ in PAIRS])
@pytest.mark.filterwarnings("ignore:.* is now :DeprecationWarning")  # of the package that `old` is in
def test_an_old_module_name_gives_the_very_module_of_the_new_one_with_a_warning(old, new):
    there = import_module(new)
    assert import_with_warning(old, new) is there
    assert sys.modules[new] is there
    assert (there.__name__, getattr(there.__spec__, "name", None)) == (new, new)


def test_a_package_with_modules_below_it_is_among_them():
    below = [old for old, _ in PAIRS if old not in MOVED]
    assert "mlpkit.exercises.sets.ex05_backpropagation.dense_backward" in below


@pytest.mark.filterwarnings("error")
def test_the_second_import_of_an_old_name_is_silent_and_the_new_one_always_is():
    import_with_warning("mlpkit.units", "mlpkit.network.units")
    assert import_module("mlpkit.units") is import_module("mlpkit.network.units")


@pytest.mark.parametrize(
    "line",
    ["from mlpkit.descent import descend", "from mlpkit import descent", "import mlpkit; mlpkit.descent"],
)
def test_a_script_is_told_the_line_to_change_without_asking_for_warnings(line, tmp_path):
    script = tmp_path / "old.py"
    script.write_text(f"\n{line}\n", encoding="utf-8")
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert f"{script}:2: DeprecationWarning: mlpkit.descent is now mlpkit.training.descent" in ran.stderr


@pytest.mark.parametrize("name", ["mlpkit.no_such_module", "mlpkit.units2", "mlpkit.exercises.judge"])
def test_an_unknown_module_is_still_not_found(name):
    assert new_name(name) is None
    with pytest.raises(ModuleNotFoundError, match=f"No module named '{name}'"):
        import_module(name)


def test_an_unknown_module_below_an_old_name_is_not_found_under_the_new_one():
    with (
        pytest.warns(DeprecationWarning, match="is now"),
        pytest.raises(ModuleNotFoundError, match=r"mlpkit\.solution_figures\.no_such_module"),
    ):
        import_module("mlpkit.alive.no_such_module")


def test_no_old_name_is_the_name_of_a_module_that_exists():
    for old in MOVED:
        parent, _, name = old.rpartition(".")
        found = [info.name for info in pkgutil.iter_modules(import_module(parent).__path__)]
        assert name not in found


def test_the_list_of_changes_names_every_module_that_moved():
    changes = (find_checkout() / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [old for old, new in MOVED.items() if f"| `{old}` | `{new}` |" not in changes] == []


def test_installing_twice_leaves_one_finder():
    before = list(sys.meta_path)
    _moved.install()
    assert sys.meta_path == before


def test_come_alive_is_solution_figure_with_a_warning():
    with pytest.warns(DeprecationWarning, match="come_alive is now solution_figure"):
        assert solution_figures.come_alive is solution_figures.solution_figure


def test_the_words_of_a_stage_are_its_description_with_a_warning():
    from mlpkit.stage import Stage, slider

    fig = Figure()
    (line,) = fig.add_subplot(xlim=(0, 1), ylim=(0, 1)).plot([0, 1], [0, 1])
    stage = Stage(
        fig, lambda a: line.set_ydata([0, a]), [line], lambda a: f"A line to {a}.", a=slider(0, 1, 0.5)
    )
    with pytest.warns(DeprecationWarning, match=r"Stage\.words is now Stage\.description"):
        assert stage.words == stage.description == "A line to 0.5."
    stage.close()
