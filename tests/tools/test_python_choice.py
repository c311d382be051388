"""Which Python the environment is of: it keeps the one that it has until the reader names another."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from little_course import BIN, bootstrap, inode, make_course, packages

TOOLS = Path(__file__).resolve().parents[2] / "tools"
pytestmark = pytest.mark.slow  # nearly all make environments


def other_python():
    """A suitable Python of another version than this one, or a skip."""
    kept = [str(path) for path in Path.home().glob(".pyenv/versions/3.1[123].*/bin/python")]
    named = [shutil.which(f"python3.{minor}") for minor in (11, 12, 13)]
    code = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    for program in [*kept, *filter(None, named)]:
        done = subprocess.run([program, "-c", code], capture_output=True, text=True)
        version = tuple(map(int, done.stdout.split()))
        if done.returncode == 0 and (3, 11) <= version <= (3, 13) and version != sys.version_info[:2]:
            return program
    pytest.skip("a second suitable Python is needed, and this machine has none")


def version_in(course):
    """The version that the environment's own Python says."""
    command = [course / ".venv" / BIN / "python", "-c", "import sys; print(*sys.version_info[:2])"]
    return tuple(map(int, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()))


@pytest.fixture(scope="module")
def of_another_python(tmp_path_factory):
    """An installed course whose environment is of another Python than this one."""
    folder = make_course(tmp_path_factory.mktemp("other") / "checkout")
    done = bootstrap(folder, "install", python=other_python())
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_an_environment_keeps_its_python_where_none_is_named(of_another_python):
    before, version = inode(of_another_python), version_in(of_another_python)
    assert version != sys.version_info[:2]
    done = bootstrap(of_another_python, "lab")
    assert (done.returncode, done.stdout, done.stderr) == (0, "course ['lab']\n", "")
    assert inode(of_another_python) == before
    assert version_in(of_another_python) == version


def test_a_broken_environment_is_made_anew_with_the_python_that_it_had(of_another_python):
    version = version_in(of_another_python)
    (of_another_python / ".venv" / "mlpkit-stamp.json").unlink()
    done = bootstrap(of_another_python, "lab")
    assert "making it anew" in done.stdout
    assert done.stdout.endswith("course ['lab']\n")
    assert version_in(of_another_python) == version


def test_only_a_python_that_is_named_replaces_it(of_another_python):
    done = bootstrap(of_another_python, "lab", "--this-python")
    assert "making it anew" in done.stdout
    assert done.stdout.endswith("course ['lab']\n")
    assert version_in(of_another_python) == sys.version_info[:2]
    assert bootstrap(of_another_python, "lab", "--this-python").stdout == "course ['lab']\n"


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine")
@pytest.mark.parametrize("target", ["lab", "present", "quick", "test", "check", "lectures", "lock", "bench"])
def test_make_names_the_python_only_where_the_reader_does(target):
    def commands(*arguments, **variables):
        environment = {k: v for k, v in os.environ.items() if k != "PYTHON"} | variables
        command = ["make", "-n", "-C", str(TOOLS.parent), target, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
        return next(line for line in done.stdout.splitlines() if "bootstrap.py" in line)

    assert commands().startswith('"python3" tools/bootstrap.py ')
    assert "--this-python" not in commands()
    assert commands("PYTHON=my python").startswith('"my python" tools/bootstrap.py ')
    assert "--this-python" in commands("PYTHON=python3.12")
    assert "--this-python" in commands(PYTHON="python3.12")


def test_spaces_in_paths_and_an_active_environment_are_no_obstacle_and_the_active_one_is_left_alone(tmp_path):
    active = tmp_path / "my environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", active], check=True, capture_output=True)
    course = make_course(tmp_path / "my course")
    variables = {"VIRTUAL_ENV": str(active), "CONDA_PREFIX": str(active)}
    done = bootstrap(course, "lab", python=str(active / BIN / "python"), **variables)
    assert done.stdout.endswith("course ['lab']\n"), done.stdout + done.stderr
    assert not packages(active)
    assert str(active) not in (course / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8")


@pytest.mark.parametrize("variables", [{"PYTHONSAFEPATH": "1"}, {"PYTHONPATH": "trap"}])
def test_pythons_variables_do_not_lead_the_course_astray(of_another_python, tmp_path, variables):
    (tmp_path / "little.py").write_text("raise SystemExit('the wrong module')", encoding="utf-8")
    if variables.get("PYTHONPATH"):
        variables = {"PYTHONPATH": str(tmp_path)}
    done = bootstrap(of_another_python, "lab", **variables)
    assert (done.returncode, done.stdout, done.stderr) == (0, "course ['lab']\n", "")
