"""The form of an answer: its code without names of variables, annotations, docstrings, comments and layout.

Equal forms stand for equal code. The code is parsed and never run.
"""

import ast
import hashlib

LONGEST = 20_000  # characters of a source that is looked at
NONE = ("", 0)
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LEFT_OUT = {"annotation", "returns", "type_comment", "type_params", "ctx", "kind", "type_ignores"}


def form_of(source: str, name: str) -> tuple[str, int]:
    """A hash of the function `name` in `source`, and how many parts (nodes of its syntax tree) it has.

    The last definition of that name on the top level counts. ("", 0) where there is none, or where the
    source is too long, too deep or no Python.

    >>> form_of("def f(x): return 2 * x", "f") == form_of("def f(q: int): return 2*q  # twice", "f")
    True
    """
    if len(source) > LONGEST:
        return NONE
    try:
        tree = ast.parse(source)
        found = [node for node in tree.body if isinstance(node, FUNCTIONS) and node.name == name]
        return _form(found[-1]) if found else NONE
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return NONE


def _form(function):
    names = {function.name: "f"} | dict.fromkeys(_own_names(function), "")
    parts, size, numbered = [], 0, 0
    left = [function]
    while left:
        item = left.pop()
        if not isinstance(item, ast.AST):
            if isinstance(item, str) and item in names:
                if not names[item]:
                    names[item] = f"v{numbered}"
                    numbered += 1
                item = names[item]
            parts.append(repr(item))
            continue
        if isinstance(item, ast.Constant):  # its text is no name, whatever it says
            size += 1
            parts.append(f"Constant {item.value!r}")
            continue
        size += 1
        parts.append(type(item).__name__)
        left += reversed([entry for field in item._fields for entry in _entries(item, field)])
    return hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16], size


def _own_names(function):
    """The names that the function gives: its arguments, what it assigns, defines and imports."""
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, (*NAMED, ast.ExceptHandler)) and node is not function and node.name:
            names.add(node.name)
        elif isinstance(node, ast.alias) and node.asname:
            names.add(node.asname)
    return names


def _entries(node, field):
    """What stands in a field of a node, without what is no part of the code, in lists with their ends."""
    value = getattr(node, field, None)
    if field in LEFT_OUT:
        return []
    if field == "attr" or (field == "arg" and isinstance(node, ast.keyword)):
        return [f".{value}"]  # an attribute or a keyword of another function is no variable of this one
    if not isinstance(value, list):
        return [value]
    if field == "body" and isinstance(node, NAMED):
        value = [line for line in value if not _is_text(line)]
    return [f"{field}[", *value, "]"]


def _is_text(line):
    return (
        isinstance(line, ast.Expr)
        and isinstance(line.value, ast.Constant)
        and isinstance(line.value.value, str)
    )
