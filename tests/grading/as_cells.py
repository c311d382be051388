"""A solution or a misconception of the course as a cell of a notebook: with all that it calls, and alone."""

import ast
import dis
import inspect
import textwrap
import types

import numpy as np

MODULES = "import itertools\nimport math\nimport numpy as np\nfrom itertools import combinations, pairwise"


def as_cell(name, function):
    """A cell after which `name` is the function; helpers stay inside, where no other question sees them."""
    parts, _ = _source(function, {})
    lines = textwrap.indent("\n".join(parts), "    ")
    inside = f"def _make():\n{lines}\n    return {function.__name__}"
    return f"{inside}\n{name} = _make()\n{name}.__name__ = {name!r}"


def _source(function, known):
    """The sources of what a function uses and of itself, in an order in which they can be run."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    tree.decorator_list = []
    known[function.__name__] = True
    parts = []
    defaults = [*tree.args.defaults, *[one for one in tree.args.kw_defaults if one]]
    names = [node.id for one in defaults for node in ast.walk(one) if isinstance(node, ast.Name)]
    for name in dict.fromkeys([*names, *_names(function.__code__)]):
        value = function.__globals__.get(name)
        if name in known or name not in function.__globals__ or isinstance(value, types.ModuleType):
            continue
        if isinstance(value, types.FunctionType) and value.__module__.startswith("mlpkit"):
            parts += _source(value, known)[0]
            if value.__name__ != name:
                parts.append(f"{name} = {value.__name__}")
        elif isinstance(value, np.ndarray):
            parts.append(f"{name} = np.array({value.tolist()!r}, dtype={str(value.dtype)!r})")
        elif isinstance(value, np.vectorize):
            parts.append(f"{name} = np.vectorize(math.{value.pyfunc.__name__})")
        elif isinstance(value, int | float | str | tuple | np.generic):
            parts.append(f"{name} = {value.item() if isinstance(value, np.generic) else value!r}")
        elif getattr(value, "__module__", "") != "itertools" and type(value).__module__ != "builtins":
            raise TypeError(f"{function.__name__} uses {name}, a {type(value)}")
        known[name] = True
    return [*parts, ast.unparse(tree)], known


def _names(code):
    """The names of globals that a code and those inside of it use."""
    inside = [name for one in code.co_consts if isinstance(one, types.CodeType) for name in _names(one)]
    own = [step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"]
    return list(dict.fromkeys([*own, *inside]))
