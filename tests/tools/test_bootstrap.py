"""tools/bootstrap.py makes, keeps, repairs and explains: run for real on a little checkout, offline."""

import ast
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from little_course import BIN, bootstrap, inode, make_course, packages

pytestmark = pytest.mark.slow  # nearly all make environments
TOOLS = Path(__file__).resolve().parents[2] / "tools"
OLD_NAMES = ["python2.7", "python2", *(f"python3.{minor}" for minor in range(6, 11))]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """An installed course; tests that spoil it take a copy or repair it."""
    folder = make_course(tmp_path_factory.mktemp("course") / "checkout")
    done = bootstrap(folder, "install")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Installed:" in done.stdout
    return folder


@pytest.fixture
def tools(monkeypatch):
    """tools/ on the path, as when bootstrap.py runs."""
    monkeypatch.syspath_prepend(str(TOOLS))


# --- a Python that is too old ---------------------------------------------------------------------


def test_bootstrap_is_written_in_what_every_python_reads():
    source = (TOOLS / "bootstrap.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 4))
    newer = [
        node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr)
    ]
    starred = [n for n in ast.walk(tree) if isinstance(n, ast.Starred) and isinstance(n.ctx, ast.Load)]
    annotated = [
        n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and (n.returns or n.args.kwonlyargs)
    ]
    assert not newer + starred + annotated
    assert source.isascii(), "Python 2 wants a coding line otherwise"


def old_pythons():
    """Pythons older than 3.11 that start here: on PATH, or where pyenv keeps its own."""
    named = [shutil.which(name) for name in OLD_NAMES]
    kept = sorted(str(path) for path in Path.home().glob(".pyenv/versions/*/bin/python"))
    code = "import sys; sys.exit(sys.version_info >= (3, 11))"  # a shim of a missing Python fails too
    programs = [program for program in [*named, *kept] if program]
    return [p for p in programs if subprocess.run([p, "-c", code], capture_output=True).returncode == 0]


def test_real_old_pythons_get_one_sentence_with_the_way_out(tmp_path):
    programs = old_pythons()
    if not programs:
        pytest.skip(
            "no Python older than 3.11 on this machine; the same is tested below with a made-up version"
        )
    alone = shutil.copytree(TOOLS, tmp_path / "tools") / "bootstrap.py"  # beside no .venv
    for program in programs:
        command = [program, str(alone), "install"]
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PATH": os.devnull})
        assert (done.returncode, done.stdout) == (1, "")
        assert re.fullmatch(
            r"The course needs Python 3\.11-3\.13 and this is Python [23]\.\d+: .*\n", done.stderr
        )


def alone(folder):
    """The functions of bootstrap.py, in a folder without a .venv."""
    module = runpy.run_path(str(TOOLS / "bootstrap.py"))
    module["recorded_version"].__globals__["VENV"] = str(folder / ".venv")
    return module


@pytest.mark.parametrize(
    ("platform", "way_out"),
    [("linux", "apt"), ("darwin", "brew"), ("win32", "winget"), ("aix", "python.org")],
)
@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 14, 0)])
def test_the_sentence_names_the_way_out_of_each_platform(
    monkeypatch, capsys, tmp_path, platform, way_out, version
):
    module = alone(tmp_path)
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("PATH", "")
    assert module["main"]() == 1
    said = capsys.readouterr().err
    assert way_out in said
    assert f"this is Python {version[0]}.{version[1]}" in said
    assert len(said.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="makes a program by a symbolic link")
def test_an_old_python_hands_over_to_the_newest_suitable_one_on_path(monkeypatch, tmp_path, capsys):
    newest = tmp_path / "python3.13"
    newest.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")  # a shim of a Python that is not there
    newest.chmod(0o755)
    mine = f"python3.{sys.version_info.minor}"
    if mine == newest.name:
        newest.unlink()
    (tmp_path / mine).symlink_to(sys.executable)
    module = runpy.run_path(str(TOOLS / "bootstrap.py"))
    handed = []
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "lab", "--port", "1"])
    monkeypatch.setattr(os, "execv", lambda program, command: handed.append((program, command)))
    monkeypatch.setenv("PATH", os.pathsep.join(["", str(tmp_path)]))
    module["hand_over"](module["find_suitable"]())
    assert handed == [
        (str(tmp_path / mine), [str(tmp_path / mine), str(TOOLS / "bootstrap.py"), "lab", "--port", "1"])
    ]


# --- the environment ------------------------------------------------------------------------------


def test_the_second_start_installs_nothing(course):
    before = inode(course)
    (course / ".venv" / "install.log").write_text("untouched", encoding="utf-8")
    done = bootstrap(course, "install", PIP_FIND_LINKS=os.devnull)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (course / ".venv" / "install.log").read_text(encoding="utf-8") == "untouched"
    assert inode(course) == before


def test_lab_becomes_the_courses_own_command(course):
    done = bootstrap(course, "lab", "07", "--port", "8899", "--no-browser")
    assert done.returncode == 0
    assert done.stdout == "course ['lab', '07', '--port', '8899', '--no-browser']\n"


def test_nothing_is_written_outside_the_checkout(course):
    assert list((course.parent / "home").iterdir()) == []
    assert {path.name for path in course.parent.iterdir()} == {"checkout", "home"}


def test_more_extras_are_added_to_what_is_there_and_stay(course):
    assert "extra_thing-1.0.dist-info" not in packages(course)
    before = inode(course)
    assert bootstrap(course, "install", "--extra", "test").returncode == 0
    assert "extra_thing-1.0.dist-info" in packages(course)
    assert bootstrap(course, "install").stdout == ""
    assert "extra_thing-1.0.dist-info" in packages(course)
    assert inode(course) == before


def test_a_changed_lock_is_installed_into_the_same_environment(course):
    before = inode(course)
    with (course / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# another day\n")
    done = bootstrap(course, "install")
    assert "Installing" in done.stdout
    assert inode(course) == before
    assert bootstrap(course, "install").stdout == ""


def test_quiet_says_nothing(course):
    with (course / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# yet another day\n")
    done = bootstrap(course, "install", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def spoil_python(folder):
    for path in (folder / ".venv" / BIN).glob("python*"):
        path.unlink()


def spoil_package(folder):
    next((folder / ".venv").rglob("little.py")).unlink()


def spoil_stamp(folder):
    (folder / ".venv" / "mlpkit-stamp.json").write_text("{half", encoding="utf-8")


@pytest.mark.parametrize("spoil", [spoil_python, spoil_package, spoil_stamp])
def test_a_broken_environment_is_made_anew(course, spoil):
    before = inode(course)
    spoil(course)
    done = bootstrap(course, "install")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "making it anew" in done.stdout
    assert inode(course) != before
    assert bootstrap(course, "lab").stdout == "course ['lab']\n"


def test_a_moved_checkout_gets_an_environment_of_its_own(course, tmp_path):
    moved = tmp_path / "elsewhere"
    shutil.copytree(course, moved, symlinks=True)
    done = bootstrap(moved, "lab")
    assert "making it anew" in done.stdout
    assert "course ['lab']" in done.stdout
    config = (moved / ".venv" / BIN / "mlpkit").read_text(encoding="utf-8", errors="replace")
    assert str(course) not in config


def test_a_working_environment_of_somebody_else_is_filled_and_not_deleted(tmp_path):
    course = make_course(tmp_path / "checkout")
    subprocess.run([sys.executable, "-m", "venv", course / ".venv"], check=True, capture_output=True)
    (course / ".venv" / "precious").write_text("keep", encoding="utf-8")
    assert bootstrap(course, "lab").stdout.endswith("course ['lab']\n")
    assert (course / ".venv" / "precious").exists()


def test_an_environment_of_somebody_else_that_does_not_work_is_left_as_it_is(tmp_path):
    course = make_course(tmp_path / "checkout")
    (course / ".venv" / "precious").mkdir(parents=True)
    done = bootstrap(course, "lab")
    assert done.returncode == 1
    assert "was not made by this command" in done.stderr
    assert "move it away, then repeat the command" in done.stderr
    assert (course / ".venv" / "precious").exists()


# --- what can go wrong ----------------------------------------------------------------------------


def test_a_python_without_ensurepip_gets_one_sentence_and_leaves_nothing(tmp_path):
    course = make_course(tmp_path / "checkout")
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "ensurepip.py").write_text(
        "raise ImportError('no ensurepip here')", encoding="utf-8"
    )
    done = bootstrap(course, "install", PYTHONPATH=str(tmp_path / "without"))
    assert done.returncode == 1
    assert done.stderr.startswith("This Python cannot make virtual environments: no ensurepip here.")
    assert "sudo apt install python3-venv" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (course / ".venv").exists()


@pytest.mark.parametrize("retries", ["0", "1"])
def test_no_network_gets_one_sentence_and_the_whole_log(tmp_path, retries):
    course = make_course(tmp_path / "checkout", needs="thing-from-the-net")
    dead = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_NO_INDEX": None, "PIP_FIND_LINKS": None}
    done = bootstrap(course, "install", PIP_RETRIES=retries, **dead)
    assert done.returncode == 1
    sentence, log = done.stderr.splitlines()
    assert sentence.startswith("The package index cannot be reached: connect to the network")
    assert "PIP_FIND_LINKS" in sentence
    assert log == f"pip's full output: {course / '.venv' / 'install.log'}"
    assert "thing-from-the-net" in (course / ".venv" / "install.log").read_text(encoding="utf-8")


def test_a_failed_addition_leaves_the_working_environment_alone(course, tmp_path):
    copy = make_course(tmp_path / "checkout")
    assert bootstrap(copy, "install").returncode == 0
    (copy / "wheels" / "extra_thing-1.0-py3-none-any.whl").unlink()
    assert bootstrap(copy, "install", "--extra", "test").returncode == 1
    done = bootstrap(copy, "lab")
    assert (done.returncode, done.stdout) == (0, "course ['lab']\n")


def test_an_installation_that_stops_half_way_is_made_anew(tmp_path):
    course = make_course(tmp_path / "checkout")
    assert bootstrap(course, "install").returncode == 0
    wheel = course / "wheels" / "extra_thing-1.0-py3-none-any.whl"
    good = wheel.read_bytes()
    wheel.write_bytes(good.replace(b"# the extra thing", b"# broken in a lab"))  # its checksum is wrong now
    done = bootstrap(course, "install", "--extra", "test")
    assert done.returncode == 1
    assert "it said: ERROR" in done.stderr
    wheel.write_bytes(good)
    done = bootstrap(course, "lab")
    assert "making it anew" in done.stdout
    assert done.stdout.endswith("course ['lab']\n")


def test_a_place_that_cannot_be_written_to_gets_a_sentence(tmp_path):
    course = make_course(tmp_path / "checkout")
    (course / ".venv").write_text("a file in the way", encoding="utf-8")
    done = bootstrap(course, "install")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Cannot write to {course / '.venv'}")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        ("[Errno 13] Permission denied: 'x'", "cannot be written to"),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))", "certificate"),
        ("socket.gaierror: [Errno -3] Temporary failure in name resolution", "cannot be reached"),
        ("ReadTimeoutError: HTTPSConnectionPool: Read timed out.", "cannot be reached"),
        (
            "(from versions: 1.0, 2.0)\nERROR: No matching distribution found for numpy==9",
            "does not exist for this",
        ),
    ],
)
def test_what_pip_says_is_put_into_plain_words(tools, said, understood):
    from pip_run import known_reason

    assert understood in known_reason(said)


def test_what_is_not_understood_is_quoted(tools, tmp_path):
    from pip_run import failure, known_reason

    assert known_reason("ERROR: strange") is None
    assert "it said: ERROR: strange" in failure("Collecting x\nERROR: strange\nbye\n", tmp_path / "log")


@pytest.mark.parametrize("arguments", [[], ["fly"], ["install", "--port", "1"], ["lab", "--pytorch"]])
def test_wrong_use_ends_with_two(tmp_path, arguments):
    done = bootstrap(make_course(tmp_path / "checkout"), *arguments)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_progress_counts_what_pip_does(tools, tmp_path):
    from installer import Environment
    from pip_run import Progress

    environment = Environment(tmp_path)
    progress = Progress(environment)
    assert progress.line() == "  looking for packages"
    assert not progress.read("Collecting numpy==2.4.6 (from x)\n")
    assert progress.line() == "  fetched 1 packages: numpy"
    environment.site_packages.mkdir(parents=True)
    assert progress.read("Installing collected packages: numpy, scipy\n")
    (environment.site_packages / "numpy-2.4.6.dist-info").mkdir()
    assert progress.line() == "  installed 1 of 2 packages"
