"""Masters and students' notebooks of every set: a new one is tested by being there."""

import ast
import inspect
import json
import re

import nbformat
import pytest
from notebooks import EXERCISES, LECTURES, MASTERS, cells, code, prose, student_of

from mlpkit.cli import main
from mlpkit.cli.checkout import merged_environment
from mlpkit.exercises import notebooks
from mlpkit.exercises.building import build
from mlpkit.exercises.registry import exercise_set
from mlpkit.solution_figures import builder

each = pytest.mark.parametrize("path", MASTERS, ids=lambda p: p.stem)
BOTH = [path for master in MASTERS for path in (master, student_of(master))]
each_of_both = pytest.mark.parametrize("path", BOTH, ids=lambda p: f"{p.parent.name}-{p.stem}")


def asked(path):
    return exercise_set(path.stem).questions


def nbgrader_of(cell):
    return cell["metadata"].get("nbgrader", {})


@each
def test_masters_and_students_notebooks_are_exactly_what_the_build_gives(path):
    again = "run `mlpkit exercises build` and commit what it writes"
    master, student = build(path)
    assert path.read_text(encoding="utf-8") == master, again
    assert student_of(path).read_text(encoding="utf-8") == student, again


@each
def test_the_master_asks_every_question_of_its_set_in_order_for_its_points(path):
    checks = [cell for cell in cells(path) if nbgrader_of(cell).get("grade")]
    assert [c["source"] for c in checks] == [f"check({q.name}, seed=SEED).points" for q in asked(path)]
    assert [nbgrader_of(c)["points"] for c in checks] == [q.points for q in asked(path)]


@each
def test_a_stub_in_the_master_holds_the_solution_of_the_record(path):
    stubs = [cell["source"] for cell in cells(path) if nbgrader_of(cell).get("solution")]
    for source, question in zip(stubs, asked(path), strict=True):
        kept = [line for line in source.splitlines() if line.strip() not in (notebooks.BEGIN, notebooks.END)]
        assert "\n".join(kept) == inspect.getsource(question.solution).rstrip()


@each
def test_a_stub_has_the_solutions_signature_and_docstring_and_nothing_else(path):
    stubs = [cell["source"] for cell in cells(student_of(path)) if nbgrader_of(cell).get("solution")]
    for source, question in zip(stubs, asked(path), strict=True):
        (stub,) = ast.parse(source).body
        (solution,) = ast.parse(inspect.getsource(question.solution)).body
        assert (stub.name, ast.dump(stub.args)) == (solution.name, ast.dump(solution.args))
        assert ast.get_docstring(stub) == ast.get_docstring(solution)
        assert ast.unparse(stub.body[1:]) == "raise NotImplementedError()"


@each
def test_no_line_of_a_solution_is_left_in_the_students_notebook(path):
    text = "\n".join(cell["source"] for cell in cells(student_of(path)))
    assert "SOLUTION" not in text
    for question in asked(path):
        (solution,) = ast.parse(inspect.getsource(question.solution)).body
        for statement in solution.body[1:]:
            for line in ast.get_source_segment(inspect.getsource(question.solution), statement).splitlines():
                if len(line.strip()) > 12:
                    assert line.strip() not in text, question.name


@each_of_both
def test_a_notebook_is_valid_for_jupyter_and_for_nbgrader(path):
    from nbgrader.nbgraderformat import SCHEMA_VERSION, MetadataValidator

    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    MetadataValidator().validate_nb(book)
    for cell in book.cells:
        if "nbgrader" in cell.metadata:
            assert cell.metadata.nbgrader.schema_version == SCHEMA_VERSION
            assert cell.metadata.nbgrader.grade_id == cell.id


@each_of_both
def test_every_cell_has_an_id_given_by_hand(path):
    ids = [cell["id"] for cell in cells(path)]
    assert len(set(ids)) == len(ids)
    for name in ids:
        assert re.fullmatch(r"[a-z]+[a-z0-9]*(-[a-z0-9]+)*", name), name
        assert not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f-]+)?", name), f"{name} looks made by a machine"


@each
def test_a_set_has_what_a_student_looks_for(path):
    ids = [cell["id"] for cell in cells(path)]
    assert [ids[0], *ids[-2:]] == ["title", "progress-text", "progress"]
    assert "further" in ids
    for question in asked(path):
        name = notebooks.hyphens(question.name)
        assert f"{name}-recall" in ids, f"{path.name}: put the cell {name}-recall before the cell {name}"
        assert ids.index(f"{name}-recall") < ids.index(name) == ids.index(f"{name}-check") - 1
    assert [name for name in ids if name.endswith("-alive")], "a figure that calls the student's function"
    assert any("$$" in cell["source"] for cell in prose(path))


@each
def test_a_code_cell_is_short_and_plain_python(path):
    for cell in code(path):
        lines = 0 if nbgrader_of(cell).get("solution") else len(cell["source"].splitlines())
        assert lines <= 15, f"{path.name}, cell {cell['id']}: {lines} lines; a code cell has at most 15"
        ast.parse(cell["source"])
        assert not re.search(r"np\.random\.(?!default_rng\()|sys\.path|os\.chdir", cell["source"]), cell["id"]
        assert (cell["execution_count"], cell["outputs"]) == (None, [])


@each
def test_there_is_at_least_as_much_prose_as_code_around_the_questions(path):
    own = [c for c in code(path) if not nbgrader_of(c)]
    lines = [sum(len(c["source"].splitlines()) for c in kind) for kind in (prose(path), own)]
    assert lines[0] >= lines[1], f"{path.name}: {lines[0]} lines of prose, {lines[1]} of code: explain more"


@each_of_both
def test_links_lead_somewhere_and_first_to_the_lecture_of_the_set(path):
    links = [t for c in prose(path) for t in re.findall(r"\]\(([^)#]+)\)", c["source"]) if "://" not in t]
    assert all((path.parent / target).exists() for target in links), links
    assert (path.parent / links[0]).resolve() == LECTURES / f"{exercise_set(path.stem).lecture}.ipynb"


@each
def test_every_exercise_leads_to_the_parts_of_the_lecture_that_it_practises(path):
    for question in asked(path):
        name = f"{notebooks.hyphens(question.name)}-recall"
        (recall,) = [cell["source"] for cell in prose(path) if cell["id"] == name]
        links = re.findall(r"\[([^]]+)\]\(\.\./\.\./lectures/([^)#]+)#cell-id=([^)]+)\)", recall)
        example = f"[its heading](../../lectures/{exercise_set(path.stem).lecture}.ipynb#cell-id=its-id)"
        assert links, f"{path.name}, cell {name}: link the cell of the lecture that it practises: {example}"
        for text, lecture, target in links:
            headings = {c["id"]: c["source"].lstrip("#").split("\n")[0] for c in prose(LECTURES / lecture)}
            assert f" {text}" == headings.get(target), (
                f"{path.name}, cell {name}: the link to {lecture}#cell-id={target} says {text!r}, "
                f"the heading of that cell is {headings.get(target, 'not there: no such cell')!r}"
            )


@each
def test_the_headings_of_the_exercises_are_numbered_in_order_without_a_gap(path):
    number = int(path.stem[2:4])
    found = {
        cell["id"]: heading[1]
        for cell in prose(path)
        if (heading := re.match(r"#+ (\d+\.\d+)\b", cell["source"]))
    }
    recalls = [f"{notebooks.hyphens(question.name)}-recall" for question in asked(path)]
    wanted = {name: f"{number}.{place}" for place, name in enumerate(recalls, 1)}
    assert found == wanted, f"{path.name}: each -recall cell begins with `## {number}.1 …`, counted in order"


def run(path, folder):
    """Run a notebook in an empty folder -> {id: outputs}."""
    from nbclient import NotebookClient

    book = nbformat.read(path, as_version=4)
    client = NotebookClient(book, timeout=60, resources={"metadata": {"path": str(folder)}})
    client.execute(env=merged_environment() | {"MLPKIT_PROGRESS": ""})
    return {cell.id: cell.outputs for cell in book.cells if cell.cell_type == "code"}


def text(outputs):
    """What a cell shows as text: its value's, and what it printed."""
    return "".join(o.get("text") or o["data"]["text/plain"] for o in outputs)


@pytest.mark.slow
@each
def test_the_master_runs_with_full_marks_and_every_figure_shown(path, tmp_path):
    outputs = run(path, tmp_path)
    for question in asked(path):
        name = notebooks.hyphens(question.name)
        assert text(outputs[f"{name}-check"]) == str(float(question.points)), question.name
    for name in outputs:
        if name.endswith("-alive"):
            assert text(outputs[name]).startswith("Stage("), text(outputs[name])
    assert "progress" in text(outputs["progress"])
    progress = json.loads((tmp_path / "mlpkit-progress.json").read_text())["questions"]
    assert list(progress) == [q.name for q in asked(path)]


@pytest.mark.slow
@each
def test_the_students_notebook_runs_and_says_only_what_is_not_written_yet(path, tmp_path):
    outputs = run(student_of(path), tmp_path)
    kinds = {o.output_type for some in outputs.values() for o in some}
    assert kinds <= {"execute_result", "stream", "display_data"}, "no traceback"
    for question in asked(path):
        name = notebooks.hyphens(question.name)
        assert text(outputs[f"{name}-check"]) == "0.0"
        assert "not written yet" in outputs[f"{name}-check"][0]["data"]["text/html"]
    for name in outputs:
        if name.endswith("-alive"):
            assert text(outputs[name]).startswith("<no picture yet"), name


@pytest.mark.slow
@each
def test_every_figure_is_called_like_a_question_and_its_controls_change_it(path):
    made = [c["source"] for c in code(path) if c["id"].endswith("-alive")]
    solutions = {q.name: q.solution for q in asked(path)}
    for source in made:
        (call,) = [node.value for node in ast.parse(source).body]
        functions = [solutions[node.id] for node in call.args]
        start = {key.arg: ast.literal_eval(key.value) for key in call.keywords}
        stage = builder(functions[0].__name__)(*functions, **start)
        stage.check(positions=2)
        descriptions = {stage.description}
        for name, control in stage.controls.items():
            positions = stage.states.values[name]
            if positions is not None:
                was = control.value
                control.value = positions[0] if was != positions[0] else positions[-1]
                descriptions.add(stage.description)
                control.value = was
        assert len(descriptions) > 1, f"{source}: no control changes what it says"


def test_another_seed_is_written_into_the_seed_cell_alone(tmp_path):
    path = MASTERS[0]
    assert main(["exercises", "build", str(path), "--seed", "7", "--to", str(tmp_path), "--quiet"]) == 0
    was, now = cells(student_of(path)), cells(tmp_path / path.name)
    changed = [a["id"] for a, b in zip(was, now, strict=True) if a["source"] != b["source"]]
    assert changed == ["seed"]
    assert "SEED = 7 " in next(c["source"] for c in now if c["id"] == "seed")


def test_every_set_with_questions_has_its_notebook():
    names = {path.stem for path in MASTERS}
    assert names == {path.stem for path in (EXERCISES / "student").glob("*.ipynb")}
    assert MASTERS


def test_the_readme_links_every_set_beside_its_lecture():
    text = (EXERCISES.parent / "README.md").read_text(encoding="utf-8")
    for path in MASTERS:
        (row,) = [line for line in text.splitlines() if f"exercises/student/{path.name}" in line]
        assert f"lectures/{exercise_set(path.stem).lecture}.ipynb" in row
