"""What a fresh Python has loaded after an import, for many imports at little cost."""

import json
import os
import subprocess
import sys

PROGRAM = """
import json, os, sys, traceback

def run(statement):
    error = None
    try:
        exec(statement, {})
    except BaseException:
        error = traceback.format_exc()
    print(json.dumps([error, sorted(sys.modules)]), flush=True)

first, *statements = json.loads(sys.argv[1])
exec(first, {})
for statement in statements:
    if len(statements) == 1:
        run(statement)
    elif child := os.fork():
        os.waitpid(child, 0)
    else:
        run(statement)
        os._exit(0)
"""


def python(first, statements):
    """Run the program above -> [(error or None, modules), ...], one for each statement."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSTARTUP"}
    environment["OPENBLAS_NUM_THREADS"] = "1"  # a process with several threads had better not fork
    command = [sys.executable, "-c", PROGRAM, json.dumps([first, *statements])]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def loaded_after(statements, first="pass"):
    """{statement: set of the modules that a fresh Python has loaded after it}.

    Every statement gets a process of its own. Where the system can fork, these are copies of one Python that
    has run the statement `first`; what that one loads is part of every answer, so nothing stays hidden.
    """
    statements = list(dict.fromkeys(statements))
    if hasattr(os, "fork"):
        answers = python(first, statements)
    else:
        answers = [python(first, [statement])[0] for statement in statements]
    for statement, (error, _) in zip(statements, answers, strict=True):
        assert error is None, f"{statement}:\n{error}"
    return {s: set(modules) for s, (_, modules) in zip(statements, answers, strict=True)}
