# ruff: noqa: E501 (names and cells of a class in texts)
"""A class with hostile files, names and texts, from its folder to tables and pages: nobody else is touched."""

import csv
import json
import os
import tempfile
import zipfile

import pytest
from grading.attacks.attack import HONEST_CELLS, IMPORTS, RIGHT
from grading.attacks.host import Host

from mlpkit.grading.guest.job import Limits
from mlpkit.grading.judge import Judge, Settings
from mlpkit.grading.pages.writing import write_pages
from mlpkit.grading.records import GRADED
from mlpkit.grading.results import write
from mlpkit.grading.sandboxes import faults
from mlpkit.grading.submissions import read

SLIPPED = os.path.join(tempfile.gettempdir(), "slipped.ipynb")  # an absolute path

NAMES = ("pre_activation", "sigmoid")
MARK = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FORMULA = '=HYPERLINK("http://x")'
LIMITS = Limits(cell=1.0, cells=2.0, question=1.0, memory=300, patience=1.0)


def notebook(*cells, **metadata):
    made = [{"cell_type": "code", "source": cell, "metadata": metadata, "outputs": []} for cell in cells]
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def write_class(folder, host):
    """Honest students among others; names of folders are those of the students."""

    def student(name, text, file="a.ipynb"):
        (folder / name).mkdir(parents=True)
        (folder / name / file).write_text(text, encoding="utf-8", errors="surrogatepass")

    student("ada", notebook(*HONEST_CELLS))
    student("zoe", notebook(*HONEST_CELLS))
    student(
        "html",
        notebook(
            IMPORTS, f"raise ValueError('''{MARK}''')", f"def sigmoid(z):\n    raise KeyError('{MARK}')"
        ),
    )
    student("<b>bold", notebook(*HONEST_CELLS), "<img src=x>.ipynb")
    student(FORMULA.replace("/", "_"), notebook(*HONEST_CELLS))
    student("\u202egnorw", notebook(IMPORTS, "raise ValueError('\\u202e\\x00\\x1b[31m')", RIGHT["sigmoid"]))
    student(
        "lies",
        notebook(
            IMPORTS, "def sigmoid(z):\n    return 0 * z", points=7, passed=True, nbgrader={"points": 99}
        ),
    )
    student("broken", '{"cells": [')
    student("deep", "[" * 100_000)
    student("other", notebook("print('hello')"))
    student("ends", notebook(IMPORTS, RIGHT["sigmoid"], "import os\nos._exit(0)", "while True: pass"))
    (folder / "link").mkdir()
    os.symlink(host.files[0], folder / "link" / "a.ipynb")
    os.symlink(folder / "ada", folder / "twin")
    (folder / "zip").mkdir()
    with zipfile.ZipFile(folder / "zip" / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../slipped.ipynb", notebook(*HONEST_CELLS))
        packed.writestr(SLIPPED, notebook(*HONEST_CELLS))
        packed.writestr("bomb.ipynb", b"0" * 50_000_000)
        packed.writestr("good.ipynb", notebook(*HONEST_CELLS))


@pytest.fixture(scope="module", params=["bubblewrap", pytest.param("wasm", marks=pytest.mark.slow)])
def graded(request, tmp_path_factory):
    if problem := faults()[request.param]:
        pytest.skip(problem)
    host = Host(tmp_path_factory.mktemp("host"))
    folder, results = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("results")
    write_class(folder, host)
    with Judge(Settings(NAMES, (0, 314159265358), LIMITS, request.param)) as judge:
        records = {one.student: judge.grade(one) for one in read([folder])}
    write(results, list(records.values()), NAMES)
    write_pages(results, records.values(), NAMES, "a class")
    yield records, results, host, folder
    host.close()


def find(records, word):
    return next(record for student, record in records.items() if word in student)


def test_honest_students_have_all_their_points(graded):
    records, *_ = graded
    for name in ("ada", "zoe", "bold", "HYPERLINK"):
        assert find(records, name).points == 12, find(records, name)
    assert find(records, "ends").answer("sigmoid").points == 7


def test_nobody_else_has_any_that_were_not_earned(graded):
    records, *_ = graded
    best = {"ada", "zoe", "zip"}
    for student, record in records.items():
        if (
            student not in best
            and "bold" not in student
            and "HYPERLINK" not in student
            and "twin" not in student
        ):
            assert record.points <= 7, record


def test_what_cannot_be_read_is_not_graded_and_said(graded):
    records, *_ = graded
    for name in ("broken", "deep"):
        assert find(records, name).status != GRADED
        assert find(records, name).reason


def test_nothing_of_the_host_is_read_or_changed(graded):
    _, results, host, folder = graded
    assert host.harm() == []
    written = "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in results.rglob("*") if path.is_file()
    )
    assert host.secret not in written
    assert "314159265358" not in written
    assert not (folder.parent / "slipped.ipynb").exists()
    assert not os.path.exists(SLIPPED)


def test_no_page_has_markup_and_no_table_a_formula_of_a_student(graded):
    _, results, *_ = graded
    pages = list(results.rglob("*.html"))
    assert len(pages) > 8
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>bold" not in text
        assert not {"\0", "\x1b"} & set(text)
        assert page.resolve().is_relative_to(results.resolve())
    with open(results / "grades.csv", encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r")]
    assert any("HYPERLINK" in cell for cell in cells)
