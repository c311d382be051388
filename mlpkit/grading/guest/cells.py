"""Run the code cells of a notebook in their order, as a kernel would, silently."""

import ast
import inspect
import linecache
import sys
import time
import traceback
import types

from mlpkit.exercises.sandboxed.quiet import quiet
from mlpkit.exercises.sandboxed.timelimit import TimeLimit, time_limit
from mlpkit.grading.guest.replacements import NOTHING

PARSED = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
RUN = ("time", "timeit", "prun", "capture", "python", "python3", "pypy", "mprun", "memit", "lprun")
IGNORED = (
    "matplotlib",
    "config",
    "load_ext",
    "autoreload",
    "reload_ext",
    "precision",
    "pylab",
    "pdb",
    "xmode",
)
IGNORED += (
    "pip",
    "conda",
    "mamba",
    "uv",
    "who",
    "whos",
    "history",
    "tensorboard",
    "watermark",
    "colors",
    "pinfo",
    "pinfo2",
    "psearch",
)


class Shell:
    """What `get_ipython()` gives: magics that time something run it, all others do nothing but a note."""

    def __init__(self, space, note):
        self.user_ns, self._note = space, note

    def run_line_magic(self, name, line, *more, **options):
        """`%time f(x)` runs f(x); others are left out."""
        if name in ("time", "timeit", "prun") and (code := _without_options(line)):
            return _last_value(code, self.user_ns)
        if name not in IGNORED:
            self._note(f"%{name} is left out")
        return None

    def run_cell_magic(self, name, line, cell):
        """`%%time` and the like run the cell; others are left out."""
        if name in RUN:
            exec(compile(cell, "<cell magic>", "exec"), self.user_ns)
        else:
            self._note(f"a cell that begins with %%{name} is left out")

    def system(self, command):
        """Nothing."""
        self._note("a command of the shell (!) is left out")

    def getoutput(self, command, *more, **options):
        """No lines."""
        self.system(command)
        return []

    magic = run_line_magic

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return NOTHING


def _without_options(line):
    words = line.split()
    while words and words[0].startswith("-"):
        words.pop(0)
        if words and words[0].isdigit():
            words.pop(0)
    return " ".join(words) if len(words) != len(line.split()) else line


def _last_value(code, space):
    try:
        return eval(compile(code, "<magic>", "eval"), space)
    except SyntaxError:
        exec(compile(code, "<magic>", "exec"), space)
        return None


class Notebook:
    """The names that the cells define, and what happened: `notes` are texts, each said once."""

    def __init__(self):
        self.notes = []
        module = types.ModuleType("__main__")
        self.space = module.__dict__
        sys.modules["__main__"] = module
        self.space.update(
            get_ipython=self._shell, display=NOTHING, In=[], Out={}, _="", exit=_leave, quit=_leave
        )

    def _shell(self):
        return Shell(self.space, self.note)

    def note(self, text):
        """Keep a remark, each only once and at most twenty."""
        if text not in self.notes and len(self.notes) < 20:
            self.notes.append(text)

    def run(self, number, source, seconds):
        """Run cell `number` -> None, or what it raised: {"raised", "message", "line"}."""
        name = f"<cell {number}>"
        lines = source.splitlines(keepends=True)
        linecache.cache[name] = (len(source), None, lines, name)
        try:
            with quiet(), time_limit(seconds):
                tree = compile(source, name, "exec", PARSED, dont_inherit=True)
                while (rest := self._run(tree, name)) is not None:
                    tree = rest
        except TimeLimit:
            return {"raised": "TimeLimit", "message": f"not finished after {seconds:.0f} s", "line": 0}
        except BaseException as error:
            return _told(error, name)
        return None

    def _run(self, tree, name):
        """Run a cell; where a module cannot be imported, what follows the `import` -> that, or None.

        Where the student has it, the cell goes on; here the other imports of the same cell still count.
        """
        code = compile(tree, name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        try:
            if code.co_flags & inspect.CO_COROUTINE:
                _awaited(eval(code, self.space))
            else:
                exec(code, self.space)
        except ImportError as error:
            lines = [n for frame, n in traceback.walk_tb(error.__traceback__) if frame.f_code is code]
            body = [*tree.body, None]
            for i, statement in enumerate(tree.body):
                if lines and statement.lineno <= lines[0] <= statement.end_lineno:
                    if not isinstance(statement, ast.Import | ast.ImportFrom):
                        break
                    self.note(f"not imported: {str(error)[:150]}")
                    return ast.Module([one for one in body[i + 1 :] if one], [])
            raise
        return None


def _leave(*code):
    raise SystemExit("exit() is left out")


def _awaited(coroutine):
    try:
        import asyncio

        loop = asyncio.new_event_loop()
    except Exception:  # where there are no sockets there is no event loop
        try:
            while True:
                coroutine.send(None)
        except StopIteration:
            return
    try:
        loop.run_until_complete(coroutine)
    finally:
        loop.close()


def _told(error, name):
    line, trace = 0, error.__traceback__
    if type(error) in (SyntaxError, IndentationError, TabError) and type(error.lineno) is int:
        line = max(0, error.lineno)
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    try:
        with time_limit(1.0):
            message = str.__getitem__(str(error), slice(300))
    except BaseException:
        message = ""
    return {"raised": type.__dict__["__name__"].__get__(type(error))[:100], "message": message, "line": line}


def run_cells(job, send):
    """Run the cells of a job, reporting each that raises -> Notebook."""
    book, end = Notebook(), time.monotonic() + job.limits.cells
    for number, source in enumerate(job.cells):
        if number in job.skip:
            continue
        left = min(job.limits.cell, end - time.monotonic())
        if left <= 0:
            send({"late": number})
            break
        send({"cell": number})
        if failed := book.run(number, source, left):
            send({"failed": number, **failed})
    return book
