"""The commands that messages advise work as they stand there."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mlpkit.cli import advice

CHECKOUT = Path(__file__).resolve().parents[2]


def test_advice_names_the_python_in_use_and_not_the_systems_pip(monkeypatch):
    monkeypatch.chdir(CHECKOUT)
    monkeypatch.setattr(sys, "executable", str(CHECKOUT / ".venv" / "bin" / "python"))
    python = str(Path(".venv", "bin", "python"))
    assert advice.pip_command("instructor") == f'{python} -m pip install -e ".[instructor]"'
    assert advice.pip_command() == f"{python} -m pip install -e ."
    assert advice.install_advice("test").endswith(f'or {python} -m pip install -e ".[test]"')


def test_advice_holds_in_another_folder_and_with_spaces_in_a_path(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path.parent / "my python"))
    assert (
        advice.pip_command("test")
        == f'"{tmp_path.parent / "my python"}" -m pip install -e "{CHECKOUT}[test]"'
    )


@pytest.mark.skipif(os.name == "nt", reason="reads the advice with a POSIX shell")
def test_the_python_of_the_advice_starts_in_a_shell():
    done = subprocess.run(f"{advice.python_command()} -m pip --version", shell=True, capture_output=True)
    assert done.returncode == 0


def test_no_message_advises_a_bare_pip_which_would_be_the_systems():
    sources = [p for folder in ("mlpkit", "tools") for p in (CHECKOUT / folder).rglob("*.py")]
    found = {}
    for path in [*sources, CHECKOUT / "tests" / "__main__.py"]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else ""
            if isinstance(text, str) and re.search(r"(?<!-m )\bpip install(?! -c requirements.lock)", text):
                found.setdefault(path.name, []).append(text)
    assert not found, "build the command with mlpkit.cli.advice"
