"""Imports point one way, from the lectures down to the maths; `import mlpkit` brings NumPy alone.

A new module needs a place here: without one the first test fails.
"""

import ast
import pkgutil
import sys
from functools import cache
from pathlib import Path

import pytest
from fresh import loaded_after

import mlpkit

# Each may import those to its left, and itself.
MATHS = [
    "_moved", "_checks", "activations", "outputs", "losses", "initializers", "layers", "network",
    "optimizers", "program", "datasets", "gradcheck", "training", "graph", "approximation", "depth",
]  # fmt: skip
# Each may import those named, and itself; `cli` whatever it likes, but only inside functions.
ABOVE = {
    "figures": MATHS,
    "stage": [],
    "explore": ["stage", "figures", *MATHS],
    "present": ["stage"],
    "exercises": MATHS,
    "questions": ["exercises", *MATHS],
    "solution_figures": ["exercises", "explore", "stage", "figures", *MATHS],
    "grading": ["exercises", "questions", *MATHS],
    "cli": [],
}
# What a fresh process must not have loaded after importing a module of that part.
FORBIDDEN = {
    "figures": {"matplotlib.pyplot", "ipywidgets", "anywidget", "scipy"},
    "stage": {"matplotlib.pyplot", "scipy"},
    "explore": {"matplotlib.pyplot", "scipy"},
    "present": {"matplotlib", "ipywidgets", "mistune", "latex2mathml", "jupyter_server"},
    "exercises": {"matplotlib", "ipywidgets", "scipy", "nbgrader", "nbformat"},
    "questions": {"matplotlib", "ipywidgets", "scipy", "nbgrader", "nbformat"},
    "solution_figures": {"matplotlib.pyplot", "scipy"},
    "grading": {"ipywidgets", "jupyterlab"},
}

PACKAGE = Path(mlpkit.__file__).parent
MODULES = sorted(info.name for info in pkgutil.walk_packages([str(PACKAGE)], "mlpkit."))
RUNNABLE = {"mlpkit.cli.__main__"}  # a script with the guard of one; importing it does nothing
IMPORTABLE = [name for name in MODULES if name not in RUNNABLE]
# Each module of a part is imported by a copy of a Python that has run this: all of it may be there.
FIRST = {
    "figures": "import matplotlib.figure",
    "present": "pass",
    "cli": "pass",
} | dict.fromkeys(["stage", "explore", "solution_figures"], "import matplotlib.figure, ipywidgets, anywidget")


def part(module):
    """The part of the package that a module belongs to: mlpkit.stage.widget -> stage."""
    return module.split(".")[1]


def file_of(module):
    folder = PACKAGE.joinpath(*module.split(".")[1:])
    return folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")


def imports(tree, module):
    """The parts of mlpkit that an import anywhere in this tree names."""
    parts = set()
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative imports hide where a module stands"
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        inside = [name.split(".")[1] for name in names if name.startswith("mlpkit.")]
        parts |= {name for name in inside if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}
    return parts


@cache
def loaded_by_modules():
    """{module: what a fresh Python has loaded after importing it}, for every module of the package."""
    found = {}
    for first in {FIRST.get(part(module), "import numpy") for module in IMPORTABLE}:
        mine = [name for name in IMPORTABLE if FIRST.get(part(name), "import numpy") == first]
        answers = loaded_after([f"import {name}" for name in mine], first)
        found |= {name: answers[f"import {name}"] for name in mine}
    return found


@cache
def loaded_by(statement):
    """What a fresh Python has loaded after one statement."""
    return loaded_after([statement])[statement]


def test_every_module_has_a_place_in_the_order():
    strangers = {part(module) for module in MODULES} - set(MATHS) - set(ABOVE)
    assert not strangers, f"give these a place at the top of this file: {sorted(strangers)}"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_names_only_parts_below_it(module):
    tree = ast.parse(file_of(module).read_text(encoding="utf-8"))
    mine = part(module)
    if mine == "cli":  # only what is imported at the top counts: the rest waits until a command needs it
        tree.body = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    allowed = ABOVE[mine] if mine in ABOVE else MATHS[: MATHS.index(mine)]
    above = imports(tree, module) - {mine, *allowed}
    assert not above, f"{module} imports {sorted(above)}, which stand above it or beside it"


@pytest.mark.parametrize("module", ["mlpkit", *IMPORTABLE])
def test_a_module_loads_nothing_that_it_must_not(module):
    modules = loaded_by_modules()[module] if module != "mlpkit" else loaded_by("import mlpkit")
    mine = part(module) if module != "mlpkit" else "_checks"
    if mine in FORBIDDEN:
        found = FORBIDDEN[mine] & modules
    else:
        before = {name.split(".")[0] for name in loaded_by("pass")}
        roots = {name.split(".")[0] for name in modules} - before
        found = roots - set(sys.stdlib_module_names) - {"mlpkit", "numpy"}
    assert not found, f"import {module} loads {sorted(found)}"


@pytest.mark.parametrize(
    "name",
    ["network", "losses", "datasets", "gradcheck", "graph", "initializers", "network.storage", "training"],
)
def test_import_mlpkit_leaves_for_later_what_only_some_lectures_use(name):
    assert f"mlpkit.{name}" not in loaded_by("import mlpkit")


def test_mlp_and_modules_are_there_as_soon_as_they_are_named():
    assert "mlpkit.network" in loaded_by("import mlpkit; assert 'MLP' in dir(mlpkit); mlpkit.MLP([2, 1])")
    assert "mlpkit.training" in loaded_by("import mlpkit; mlpkit.training.fit")
    for name in ("trainng", "_nothing"):
        with pytest.raises(AttributeError, match=f"module 'mlpkit' has no attribute '{name}'"):
            getattr(mlpkit, name)


def test_the_check_notices_a_forbidden_module():
    assert "matplotlib.pyplot" in loaded_by("import matplotlib.pyplot")


def test_every_import_is_made_by_a_python_that_saw_no_other():
    found = loaded_after(["import wave", "import csv"])
    assert ["wave" in found["import csv"], "csv" in found["import csv"]] == [False, True]


def test_an_import_that_fails_is_named():
    with pytest.raises(AssertionError, match=r"import nowhere:\n(.|\n)*No module named 'nowhere'"):
        loaded_after(["import csv", "import nowhere"])


def test_the_check_notices_an_import_of_a_part_above():
    assert imports(ast.parse("def f():\n    from mlpkit import figures"), "test") == {"figures"}
    assert imports(ast.parse("import mlpkit.stage.widget"), "test") == {"stage"}
