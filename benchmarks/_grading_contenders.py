"""One way to grade, in a process of its own on one core, which grades the notebooks that it is told to.

    python benchmarks/_grading_contenders.py NAME FOLDER

Each line of input is the path of a notebook; the answer is a line of JSON with the seconds that passed, the
processor's seconds of this process and all below it, and the points. FOLDER holds what it needs.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import time
import warnings
from pathlib import Path

import _common
import psutil
from _grading_class import CHECKOUT, SET

from mlpkit.exercises.registry import exercise_set

OTTER_TEST = """\
OK_FORMAT = True
code = ">>> from mlpkit.exercises import check\\n>>> assert check({name}, seed=0).passed"
case = {{"code": code, "hidden": False, "locked": False}}
suite = {{"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}}
test = {{"name": "{name}", "points": {points}, "suites": [suite]}}
"""


def mlpkit_in(sandbox):
    """mlpkit in one of its sandboxes: reads the notebook and grades it on the public and one private seed."""
    from mlpkit.grading.judge import Judge, Settings
    from mlpkit.grading.submissions import read

    names = tuple(asked.name for asked in exercise_set(SET).questions)
    judge = Judge(Settings(names, seeds=(0, 4711), sandbox=sandbox))

    def grade(path):
        (submission,) = read([path])
        record = judge.grade(submission)
        if record.status != "graded":
            raise SystemExit(f"{path.name} was not graded: {record.reason}")
        return record.points

    return grade, lambda points: points, judge.close


def otter(folder):
    """otter's Python API without a container; each test is what the notebook's own cell for it says."""
    from otter.api import grade_submission
    from otter.generate import main

    tests = folder / "tests"
    tests.mkdir()
    for asked in exercise_set(SET).questions:
        text = OTTER_TEST.format(name=asked.name, points=asked.points)
        (tests / f"{asked.name}.py").write_text(text, encoding="utf-8")
    place = str(folder / "autograder.zip")
    main(tests_dir=str(tests), output_path=place, no_config=True, no_requirements=True, no_environment=True)
    return (
        lambda path: grade_submission(str(path), place, quiet=True),
        lambda results: results.total,
        lambda: None,
    )


def nbgrader(folder):
    """nbgrader's autograde in a course that `mlpkit exercises build --course` has made."""
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    course = folder / "course"
    master = CHECKOUT / "exercises" / "masters" / f"{SET}.ipynb"
    build = ["mlpkit.cli", "exercises", "build", str(master), "--course", str(course), "--quiet"]
    subprocess.run([sys.executable, "-m", *build], check=True)
    subprocess.run([sys.executable, "-m", "nbgrader", "generate_assignment", SET], check=True, cwd=course)
    config = Config()
    config.CourseDirectory.root, config.CourseDirectory.course_id = str(course), "course"
    api = NbGraderAPI(CourseDirectory(config=config), config=config)

    def grade(path):
        place = course / "submitted" / path.stem / SET
        place.mkdir(parents=True)
        shutil.copy(path, place / f"{SET}.ipynb")
        done = api.autograde(SET, path.stem, force=True, create=True)
        if not done["success"]:
            raise SystemExit(f"nbgrader did not grade {path.name}: {done.get('error') or done.get('log')}")
        return path.stem

    return grade, lambda student: api.get_submission(SET, student)["score"], lambda: None


def used():
    """Processor seconds of this process, of all below it, and of those that they have waited for."""
    total = 0.0
    for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
        total += getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
    return total


def main(name, folder):
    """Answer until the input ends. The contender itself writes to standard error, never into the answers."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    _common.one_core()
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    made = {"otter": otter, "nbgrader": nbgrader}.get(name)
    grade, points_in, close = made(Path(folder).resolve()) if made else mlpkit_in(name)
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        begun, before = time.perf_counter(), used()
        result = grade(path)
        said = {"seconds": time.perf_counter() - begun, "processor": used() - before}
        said["points"] = points_in(result)
        print(json.dumps(said), file=answers, flush=True)
    close()


if __name__ == "__main__":
    main(*sys.argv[1:])
