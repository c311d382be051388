"""What a student's function is, without calling it: whether it is written, and whether it returns anything.

And which code is a student's own: every file and cell but those of mlpkit, the standard library and installed
packages. The cells of a notebook have a file name each.
"""

import ast
import dis
import inspect
import linecache
import textwrap
import types
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ENOUGH = 50  # wrappers around wrappers
TRIVIAL = {"CACHE", "COPY_FREE_VARS", "MAKE_CELL", "NOP", "NOT_TAKEN", "POP_TOP", "PRECALL", "PUSH_NULL"}
TRIVIAL |= {"CALL", "LOAD_CONST", "LOAD_COMMON_CONSTANT", "RAISE_VARARGS", "RESUME", "RETURN_GENERATOR"}
TRIVIAL |= {
    "RETURN_CONST",
    "RETURN_VALUE",
    "LOAD_SMALL_INT",
}  # of `...`, `raise NotImplementedError()`
RETURNS = ("RETURN_VALUE", "RETURN_CONST")
INNER = ("__wrapped__", "__func__", "func", "pyfunc", "py_func")  # wraps, methods, partial, vectorize, jit
OTHERS = ("site-packages", "dist-packages")
COMPILED = (".pyx", ".pxd", ".pxi")  # their names are relative, without the folder of the package


@dataclass(frozen=True)
class Facts:
    """What is known of a function without calling it; where it has no Python code, nothing speaks against it.

    `name` as its `def` says. `written`: False where the body is a docstring, `pass`, `...`, a bare `return`,
    or `raise NotImplementedError` and nothing else. `returned`: False where no `return` gives a value (None
    and `...` are none) and nothing is yielded.
    """

    name: str = ""
    written: bool = True
    returned: bool = True


def about_function(function) -> Facts:
    """The facts of a function, of the student's own one where decorators are around it.

    >>> def half(x):
    ...     print(x / 2)
    >>> about_function(half)
    Facts(name='half', written=True, returned=False)
    """
    code = own_code(function)
    return Facts() if code is None else _about(code)


def own(function):
    """The function that the student has written: without functools.wraps, partial, bound methods, decorators.

    A decorator without functools.wraps is looked through where it takes *args and holds one function.
    """
    for _ in range(ENOUGH):
        inner = _inside(function)
        if inner is None:
            break
        function = inner
    return function


def _inside(function):
    if isinstance(function, type):
        return None
    for name in INNER:
        inner = _attribute(function, name)
        if callable(inner):
            return inner
    if isinstance(function, types.FunctionType):
        held = list(_held(function)) if function.__code__.co_flags & inspect.CO_VARARGS else []
        return held[0] if len(held) == 1 else None
    called = _attribute(type(function), "__call__")  # an object of a class of the student's
    return called if isinstance(called, types.FunctionType) else None


def _attribute(thing, name):
    try:
        return getattr(thing, name, None)
    except Exception:
        return None


def _held(function):
    """The Python functions in a function's closure."""
    for cell in function.__closure__ or ():
        try:
            if isinstance(cell.cell_contents, types.FunctionType):
                yield cell.cell_contents
        except ValueError:  # an empty cell
            continue


def own_code(function):
    """The code of the student's own function, or None."""
    code = _attribute(own(function), "__code__")
    return code if isinstance(code, types.CodeType) else None


@lru_cache(maxsize=256)
def _about(code):
    yields = bool(code.co_flags & (inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR))
    returned = yields or _returns(code)
    return Facts(name_of(code), returned or _is_written(code), returned)


def _returns(code):
    before = None
    for step in dis.get_instructions(code):
        if step.opname in RETURNS:
            value = step if step.opname == "RETURN_CONST" else before
            jumped = step.is_jump_target and step.opname == "RETURN_VALUE"
            if jumped or value is None or not _is_nothing(value):
                return True
        before = step
    return False


def _is_nothing(step):
    """Whether an instruction loads None or `...`."""
    return step.opname.startswith(("LOAD_CO", "RETURN_CONST")) and (
        step.argval is None or step.argval is ... or step.argrepr in ("None", "Ellipsis")
    )


def _is_written(code):
    for step in dis.get_instructions(code):
        if step.opname not in TRIVIAL and step.argval != "NotImplementedError":
            return True
    if "NotImplementedError" not in code.co_names and "NotImplementedError" not in str(code.co_consts):
        return False
    # what stands below a `raise` that is left over is not in the code any more
    several = bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
    arguments = code.co_argcount + code.co_kwonlyargcount + several
    named = set(code.co_names) - {"NotImplementedError"} or len(code.co_varnames) > arguments
    return bool(named) or _stands_below(code)


def _stands_below(code):
    try:
        lines = inspect.getblock(linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :])
        body = ast.parse(textwrap.dedent("".join(lines))).body[0].body  # pyright: ignore[reportAttributeAccessIssue]
    except (SyntaxError, IndexError, AttributeError, ValueError):
        return False
    empty = [isinstance(s, ast.Pass | ast.Raise) or _is_constant(s) for s in body]
    return not all(empty)


def _is_constant(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def name_of(code):
    """'softmax', also for a comprehension or a lambda in it; 'Net.forward' for a method.

    >>> name_of((lambda z: z).__code__)
    '<lambda>'
    """
    parts = code.co_qualname.split(".<locals>.")
    named = [part for part in parts if not part.startswith("<")]
    return named[-1] if named else parts[-1]


@lru_cache(maxsize=1)
def _not_the_students():
    """Folders whose code is nobody's own: mlpkit and the standard library."""
    folders = (str(Path(__file__).parents[2]), str(Path(dis.__file__).parent))
    return tuple({folder.rstrip("/\\") + sep for folder in folders for sep in ("/", "\\")})


@lru_cache(maxsize=4096)
def is_own(filename: str) -> bool:
    """Whether code of this file (or cell) is the student's."""
    if filename.startswith(("<frozen", "<__array_function__")) or filename.endswith(COMPILED):
        return False
    return not filename.startswith(_not_the_students()) and not any(part in filename for part in OTHERS)


def unreturning(code, space) -> str:
    """The name of a function of the student's that this code calls and that returns nothing, or ""."""
    for name in (*code.co_names, *code.co_varnames, *code.co_freevars):
        found = space.get(name)
        inner = own_code(found) if callable(found) else None
        if inner is not None and is_own(inner.co_filename) and not _about(inner).returned:
            return name
    return ""
