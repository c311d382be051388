"""A real nbgrader course from the masters: generate, release, fetch, submit, collect, autograde, feedback."""

import json
import re
import subprocess
import sys

import pytest
from notebooks import MASTERS, PATHS, cells, prose, student_of

from mlpkit.cli import main
from mlpkit.cli.checkout import merged_environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange of files needs Unix"),
]
ANSWERS = {  # three of the four questions: right, without its activation function, with one wrong sign
    "pre-activation": "def pre_activation(X, w, b):\n    return X @ w + b",
    "neuron": "def neuron(X, w, b, g):\n    return X @ w + b",
    "decision-boundary": (
        "def decision_boundary(w, b):\n"
        "    return (np.inf, -b / w[0]) if w[1] == 0 else (w[0] / w[1], -b / w[1])"
    ),
}
COURSE = """
import json, os, pathlib, shutil, sys
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeSubmit
from traitlets.config.loader import PyFileConfigLoader

root, answers, names = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:]
config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
config.Exchange.setdefault("root", str(root / "exchange"))  # where this machine has one for everybody
config.Exchange.cache = str(root / "cache")  # the student's own
config.Exchange.assignment_dir = str(root / "home")
(root / "home").mkdir()
api = NbGraderAPI(CourseDirectory(config=config), config=config)

def must(done):
    assert done["success"], done.get("error") or done

for name in names:
    must(api.generate_assignment(name))
    must(api.release_assignment(name))
first = names[0]
os.chdir(root / "home")
for name in reversed(names):
    api.coursedir.assignment_id = name
    ExchangeFetchAssignment(coursedir=api.coursedir, authenticator=api.authenticator, parent=api).start()
path = root / "home" / first / f"{first}.ipynb"
book = json.loads(path.read_text())
for cell in book["cells"]:
    cell["source"] = answers.get(cell["id"], cell["source"])
path.write_text(json.dumps(book))
ExchangeSubmit(coursedir=api.coursedir, authenticator=api.authenticator, parent=api).start()
must(api.collect(first))
(student,) = os.listdir(root / "submitted")
must(api.autograde(first, student))
must(api.generate_feedback(first, student))
with Gradebook(f"sqlite:///{root}/gradebook.db", api.coursedir.course_id) as book:
    (notebook,) = book.find_submission(first, student).notebooks
    print(json.dumps({grade.name: [grade.auto_score, grade.max_score] for grade in notebook.grades}))
"""


def dead_links(path):
    """The links of a notebook to files that are not there."""
    links = [target for cell in prose(path) for target in re.findall(r"\]\(([^)#\s]+)", cell["source"])]
    return [link for link in links if "://" not in link and not (path.parent / link).exists()]


def with_lectures_beside_it(path):
    """The cells of a students' notebook as a course has them: links lead into its own folder."""
    return [
        {**cell, "source": cell["source"].replace("](../../lectures/", "](lectures/")} for cell in cells(path)
    ]


def test_nbgrader_hands_out_collects_and_grades_the_masters_as_the_built_course_has_them(tmp_path):
    assert main(["exercises", "build", "--course", str(tmp_path), "--quiet"]) == 0
    names = [path.stem for path in MASTERS]
    command = [sys.executable, "-c", COURSE, str(tmp_path), json.dumps(ANSWERS), *names]
    environment = merged_environment() | {"MLPKIT_PROGRESS": "off"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr[-3000:]
    for path in MASTERS:
        released = tmp_path / "release" / path.stem / path.name
        assert cells(released) == with_lectures_beside_it(student_of(path)), "it is what is committed"
        for folder in ("source", "release", "home"):
            notebooks = sorted((tmp_path / folder / path.stem).rglob("*.ipynb"))
            assert len(notebooks) == 1 + len(PATHS), "the set and all lectures"
            assert {str(book): dead for book in notebooks if (dead := dead_links(book))} == {}
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "pre-activation-check": [5.0, 5.0],
        "augmented-pre-activation-check": [0.0, 5.0],
        "neuron-check": [2.0, 5.0],
        "decision-boundary-check": [4.0, 6.0],
    }
    (page,) = (tmp_path / "feedback").rglob("*.html")
    text = page.read_text(encoding="utf-8")
    assert "the slope has the wrong sign" in text
    assert "not written yet" in text
