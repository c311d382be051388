"""No explorable imports another: what two of them need is in mlpkit.figures or in the maths."""

import ast
from pathlib import Path

import pytest

import mlpkit.explore

FILES = sorted(Path(mlpkit.explore.__file__).parent.glob("*.py"))
SHARED = {"registry"}  # what every file of the folder may import; __init__ takes the studio as well


def named_modules(tree):
    """The modules of mlpkit.explore, and names of the package, that an import anywhere in a tree names."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return {name.split(".")[2] for name in names if name.startswith("mlpkit.explore.")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_explore_imports_the_registry_alone(path):
    allowed = SHARED | ({"studio"} if path.stem == "__init__" else set())
    found = named_modules(ast.parse(path.read_text(encoding="utf-8"))) - allowed
    assert not found, (
        f"mlpkit/explore/{path.name} takes something from {sorted(found)}: what several explorables draw "
        "with belongs in mlpkit/figures, what they compute with in the maths"
    )


def test_an_import_inside_a_function_and_one_of_the_package_are_noticed():
    assert named_modules(ast.parse("def f():\n    from mlpkit.explore.towers import memory")) == {"towers"}
    assert named_modules(ast.parse("from mlpkit.explore import n_bumps")) == {"n_bumps"}
    assert named_modules(ast.parse("import mlpkit.explore.folding as x")) == {"folding"}
    assert named_modules(ast.parse("from mlpkit.figures import figure")) == set()
