"""Imports point one way, from the lectures down to the maths; `import mlpkit` brings NumPy alone.

A new part needs its rule here, in its docstring and in CONTRIBUTING's map: without it the first tests fail.
"""

import ast
import pkgutil
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from fresh import loaded_after

import mlpkit

# What each part may import besides itself: parts that stand above it here, and packages. The same is in the
# line `Imports: ….` of its docstring and in the map in CONTRIBUTING.md.
RULES = {
    "_moved": "nothing",
    "_checks": "numpy",
    "activations": "numpy, _checks",
    "outputs": "numpy, _checks, activations",
    "losses": "numpy, _checks, outputs",
    "initializers": "numpy, _checks",
    "layers": "numpy, _checks, activations",
    "network": "numpy, _checks, activations, outputs, initializers, layers",
    "optimizers": "numpy, _checks",
    "program": "numpy, _checks, activations, layers, network, optimizers, outputs",
    "datasets": "numpy, _checks",
    "gradcheck": "numpy, _checks, layers, network",
    "training": "numpy, _checks, layers, network, optimizers, program",
    "graph": "nothing",
    "approximation": "numpy, _checks, activations, layers, network",
    "depth": "numpy, _checks, layers, network",
    "figures": "maths, matplotlib",
    "stage": "numpy, matplotlib, ipywidgets, anywidget, traitlets, PIL",
    "explore": "stage, figures, maths, matplotlib, ipywidgets",
    "present": "stage",
    "exercises": "maths",
    "questions": "exercises, maths",
    "grading": "numpy, exercises, questions",
    "solution_figures": "exercises, figures, stage, maths, matplotlib",
    "cli": "nothing",  # at the top of a file; inside functions whatever a command needs
}
MATHS = list(RULES)[: list(RULES).index("figures")]
# What a fresh process must not have loaded after importing a module of that part.
FORBIDDEN = {
    "figures": {"matplotlib.pyplot", "ipywidgets", "anywidget", "scipy"},
    "stage": {"matplotlib.pyplot", "scipy"},
    "explore": {"matplotlib.pyplot", "scipy"},
    "present": {"matplotlib", "ipywidgets", "mistune", "latex2mathml", "jupyter_server"},
    "exercises": {"matplotlib", "ipywidgets", "scipy", "nbgrader", "nbformat"},
    "questions": {"matplotlib", "ipywidgets", "scipy", "nbgrader", "nbformat"},
    "grading": {"matplotlib", "ipywidgets", "scipy", "nbgrader", "nbformat", "IPython", "distributed"},
    "solution_figures": {"matplotlib.pyplot", "scipy"},
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


def named(tree, module):
    """The dotted names that imports anywhere in this tree name."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative imports hide where a module stands"
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def imports(tree, module):
    """The parts of mlpkit that an import anywhere in this tree names."""
    inside = {name.split(".")[1] for name in named(tree, module) if name.startswith("mlpkit.")}
    return {name for name in inside if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}


def at_the_top(tree):
    """The import statements that are run when the module is imported, as a tree."""
    return ast.Module([node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], [])


def packages(tree, module):
    """The packages of others that are imported with the module."""
    roots = {name.split(".")[0] for name in named(at_the_top(tree), module)}
    return roots - set(sys.stdlib_module_names) - {"mlpkit"}


def allowed(rule):
    """A rule -> the set of parts and packages that it names; `maths` stands for numpy and all maths."""
    words = set(re.split(r",\s+", rule))
    return (words | {"numpy", *MATHS} if "maths" in words else words) - {"nothing", "maths"}


def rule_in(docstring):
    """What follows `Imports:` in a docstring, up to the end of the sentence; None without such a line."""
    found = re.search(r"^Imports: ([^.;]+)[.;]", docstring or "", re.MULTILINE)
    return found and found[1]


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


def test_every_part_has_its_rule():
    parts = {part(module) for module in MODULES}
    assert parts == set(RULES), f"add to RULES, or remove: {sorted(parts ^ set(RULES))}"


@pytest.mark.parametrize("name", RULES)
def test_a_rule_names_only_parts_above_it_so_that_imports_make_no_circle(name):
    above = list(RULES)[: list(RULES).index(name)]
    assert allowed(RULES[name]) & set(RULES) <= set(above)


@pytest.mark.parametrize("name", RULES)
def test_the_docstring_of_a_part_says_its_rule(name):
    docstring = ast.get_docstring(ast.parse(file_of(f"mlpkit.{name}").read_text(encoding="utf-8")))
    said = rule_in(docstring)
    assert said, f"the docstring of mlpkit.{name} needs the line: Imports: {RULES[name]}."
    assert set(re.split(r",\s+", said)) == set(RULES[name].split(", ")), (
        f"RULES says: Imports: {RULES[name]}."
    )


def test_the_map_of_the_package_in_contributing_says_the_rules_too():
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = re.search(r"## A map of the package\n(.*?)(?=\n## )", text, re.DOTALL)[1]
    rows = dict(re.findall(r"^\| `(\w+)` \|[^|]+\| ([^|]+) \|$", section, re.MULTILINE))
    assert rows == RULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_the_rule_of_its_part_names(module):
    tree = ast.parse(file_of(module).read_text(encoding="utf-8"))
    mine = part(module)
    own = imports(at_the_top(tree) if mine == "cli" else tree, module)
    beyond = (own | packages(tree, module)) - {mine} - allowed(RULES[mine])
    assert not beyond, f"{module} imports {sorted(beyond)}; its part may import: {RULES[mine]}"


def forbidden(mine, modules):
    """Those of these loaded modules that a part must not have loaded."""
    if mine in FORBIDDEN:
        return FORBIDDEN[mine] & modules
    before = {name.split(".")[0] for name in loaded_by("pass")}
    roots = {name.split(".")[0] for name in modules} - before
    return roots - set(sys.stdlib_module_names) - {"mlpkit", "numpy"}


@pytest.mark.parametrize("mine", RULES)
def test_all_modules_of_a_part_together_load_nothing_that_they_must_not(mine):
    """One process for each part; the slow test below names the module, and imports each one first."""
    names = [name for name in IMPORTABLE if part(name) == mine]
    found = forbidden(mine, loaded_by(f"import {', '.join(names)}"))
    assert not found, f"the modules of {mine} load {sorted(found)}"


@pytest.mark.slow
@pytest.mark.parametrize("module", ["mlpkit", *IMPORTABLE])
def test_a_module_loads_nothing_that_it_must_not(module):
    modules = loaded_by_modules()[module] if module != "mlpkit" else loaded_by("import mlpkit")
    found = forbidden(part(module) if module != "mlpkit" else "_checks", modules)
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
    assert packages(ast.parse("import numpy.linalg\nimport mpmath"), "test") == {"numpy", "mpmath"}
    assert rule_in("The act.\n\nImports: numpy,\n  layers. More.") == "numpy,\n  layers"
    assert allowed("maths, matplotlib") == {"numpy", "matplotlib", *MATHS}
