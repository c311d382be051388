"""A student at work in a real JupyterLab: a wrong answer is named, a right one passes and moves a picture."""

import shutil

import pytest
from browser.access import violations
from browser.lab import Notebook, jupyterlab
from browser.pixels import rgb, share_off
from notebooks import LECTURES, MASTERS, cells, student_of

from mlpkit.exercises.notebooks import BEGIN, END, hyphens
from mlpkit.exercises.registry import exercise_set

pytestmark = pytest.mark.browser
SET = MASTERS[0]
CONTENT = "window.jupyterapp.shell.currentWidget.content"
UPRIGHT = "if w[1] == 0:\n        return np.inf, -b / w[0]\n    "


@pytest.fixture(scope="module")
def exercises(tmp_path_factory):
    """The address of a JupyterLab on a folder with the students' notebooks, and that folder."""
    folder = tmp_path_factory.mktemp("exercises")
    (folder / "root").mkdir()
    for master in MASTERS:
        shutil.copy(student_of(master), folder / "root")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLPKIT_PROGRESS", "")
        with jupyterlab(folder) as address:
            yield address, folder / "root"


class StudentsNotebook(Notebook):
    """A student's notebook: type an answer, run a cell, look at what comes."""

    def index(self, name):
        return [cell["id"] for cell in self.cells()].index(name)

    def cell(self, name):
        """The cell on the page, scrolled to."""
        self.show_cell(self.index(name))
        return self.page.locator(f'.jp-Cell[data-windowed-list-index="{self.index(name)}"]')

    def write(self, name, source):
        """Type over a whole cell and run it."""
        self.cell(name).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)
        assert "".join(self.cells()[self.index(name)]["source"]) == source
        self.run(name)

    def run(self, name):
        """Run one cell and wait for its end -> the text on the page under it."""
        index, last = self.index(name), max(filter(None, self.counts()), default=0)
        self.page.evaluate(f"void ({CONTENT}.activeCellIndex = {index})")
        self.command("notebook:run-cell")
        count = f"{CONTENT}.model.sharedModel.cells[{index}].execution_count"
        self._until(f"({count} ?? 0) > {last}", 60, f"{name} was not run")
        self.wait_for_kernel()
        return self.output(name).inner_text()

    def output(self, name):
        return self.cell(name).locator(".jp-OutputArea").first


def answered(master, name, body):
    """The source of a stub with its answer."""
    (stub,) = [cell["source"] for cell in cells(student_of(master)) if cell["id"] == name]
    return stub.replace("# YOUR CODE HERE\n    raise NotImplementedError()", body)


@pytest.fixture
def student(exercises, page):
    """Set 01, opened and run once with nothing written."""
    notebook = StudentsNotebook.open(page, exercises[0], SET.name)
    notebook.run_all()
    assert notebook.errors() == []
    return notebook


def test_a_wrong_answer_is_named_the_right_one_passes_and_its_figure_is_shown(student, exercises):
    name = "decision-boundary"
    assert "decision_boundary: not written yet" in student.output(f"{name}-check").inner_text()
    assert "decision_boundary is not written yet" in student.output(f"{name}-alive").inner_text()

    student.write(name, answered(SET, name, UPRIGHT + "return w[0] / w[1], -b / w[1]"))
    said = student.run(f"{name}-check")
    assert "not yet right, 4 of 6 points" in said
    assert "It looks as if the slope has the wrong sign." in said
    assert "Hint:" in said
    assert "decision_boundary has 4 of 6 points" in student.run(f"{name}-alive")
    assert violations(student.page, ".jp-OutputArea-output") == []

    student.write(name, answered(SET, name, UPRIGHT + "return -w[0] / w[1], -b / w[1]"))
    assert "passed, 6 of 6 points" in student.run(f"{name}-check")
    student.run(f"{name}-alive")
    stage = student.stage("w2")
    stage.wait(w1="1", w2="1")
    assert "Your function says x₂ = −x₁ + 0.5" in stage.description()
    before = rgb(stage.pixels())
    stage.press("weight w₂", "ArrowLeft", times=8)
    stage.wait(w2="0")
    assert "x₁ = 0.5, a vertical line" in stage.description()
    assert share_off(before, rgb(stage.pixels())) > 0.02

    row = student.output("progress").locator("tr", has_text="01 · Linear models and neurons")
    assert "6 of 21" in row.inner_text(), "the table follows the checks by itself"
    assert violations(student.page, ".jp-OutputArea-output") == []
    assert student.our_red_lines() == []
    assert (exercises[1] / "mlpkit-progress.json").is_file()


def test_what_a_check_says_can_be_read_in_both_themes_and_on_a_narrow_page(student):
    student.write("neuron", answered(SET, "neuron", "return X @ w + b"))
    for theme, width in (("JupyterLab Dark", 1280), ("JupyterLab Light", 640)):
        student.theme(theme)
        student.page.set_viewport_size({"width": width, "height": 900})
        assert "not yet right, 2 of 5 points" in student.run("neuron-check")
        box = student.output("neuron-check").locator(".mlpkit-check")
        assert box.evaluate("b => b.scrollWidth <= b.clientWidth + 1"), "nothing is cut off"
        ink = box.evaluate("b => getComputedStyle(b).color.match(/[0-9.]+/g).map(Number)")[:3]
        assert (sum(ink) / 3 > 140) == ("Dark" in theme), (theme, ink)
        assert violations(student.page, ".jp-OutputArea-output") == []


@pytest.mark.parametrize("master", MASTERS[1:], ids=lambda p: p.stem)
def test_the_first_question_of_a_set_is_asked_and_answered(master, exercises, page):
    first = exercise_set(master.stem).questions[0].name
    name = hyphens(first)
    notebook = StudentsNotebook.open(page, exercises[0], master.name)
    for before in ("imports", "seed", name):
        notebook.run(before)
    assert f"{first}: not written yet" in notebook.run(f"{name}-check")
    (solved,) = [cell["source"] for cell in cells(master) if cell["id"] == name]
    lines = [line for line in solved.splitlines() if line.strip() not in (BEGIN, END)]
    notebook.write(name, "\n".join(lines))
    assert "passed" in notebook.run(f"{name}-check")
    assert notebook.errors() == []
    assert notebook.our_red_lines() == []


def test_a_section_of_a_lecture_leads_to_the_heading_of_its_exercise(exercises, page):
    address, root = exercises
    lecture = LECTURES / "03_activation_functions.ipynb"
    practice = student_of(MASTERS[2])
    for notebook, folder in ((lecture, root / "lectures"), (practice, root / "exercises" / "student")):
        folder.mkdir(parents=True)
        shutil.copy(notebook, folder)
    notebook = StudentsNotebook.open(page, address, f"lectures/{lecture.name}")
    notebook.cell("gelu-practice").get_by_role("link", name="3.4 GELU, exactly").click()
    page.wait_for_function(f"{CONTENT.replace('.content', '?.context.path')}?.endsWith('{practice.name}')")
    heading = page.locator(".jp-NotebookPanel:visible h2", has_text="3.4 GELU, exactly")
    heading.wait_for()
    page.wait_for_function(
        "h => h.getBoundingClientRect().top > 0 && h.getBoundingClientRect().top < innerHeight / 2",
        arg=heading.element_handle(),
    )
