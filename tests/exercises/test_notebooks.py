"""Masters as files: read, put together from cells, made anew from the records of their set."""

import shutil

import pytest
from notebooks import MASTERS

from mlpkit.exercises.notebooks import (
    as_text,
    code,
    exercise,
    figure_cell,
    insert,
    prose,
    read,
    refreshed,
    write,
)

MASTER = MASTERS[0]


@pytest.fixture
def copy(tmp_path):
    return shutil.copy(MASTER, tmp_path)


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.stem)
def test_reading_and_writing_leaves_a_master_as_it_is(path, tmp_path):
    text = path.read_text(encoding="utf-8")
    assert as_text(read(path)) == text
    write(read(path).cells, tmp_path / path.name)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_a_cell_has_the_form_that_jupyter_writes():
    assert prose("a-recall", "  ## 1.1 A\n\n  Text\n") == {
        "cell_type": "markdown", "id": "a-recall", "metadata": {}, "source": "## 1.1 A\n\nText",
    }  # fmt: skip
    assert code("a", "x = 1\n") == {
        "cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": [],
        "source": "x = 1",
    }  # fmt: skip


def test_the_cells_of_a_question_are_its_stub_with_the_solution_and_its_check():
    stub, check = exercise("pre_activation")
    assert (stub.id, check.id) == ("pre-activation", "pre-activation-check")
    assert stub.metadata.nbgrader.solution
    assert "### BEGIN SOLUTION\n    return" in stub.source
    assert check.source == "check(pre_activation, seed=SEED).points"
    assert check.metadata.nbgrader.points == 5


def test_a_figures_cell_names_the_functions_and_where_its_controls_start():
    cell = figure_cell("softmax_vjp", "softmax", z=2.0)
    assert (cell.id, cell.source) == ("softmax-vjp-alive", "solution_figure(softmax_vjp, softmax, z=2.0)")


def test_cells_go_in_behind_the_cell_that_is_named(copy):
    before = [cell.id for cell in read(copy).cells]
    insert([prose("a", "A"), code("b", "1")], copy, after="neuron-check")
    after = [cell.id for cell in read(copy).cells]
    place = before.index("neuron-check") + 1
    assert after == [*before[:place], "a", "b", *before[place:]]


@pytest.mark.parametrize(
    ("cells", "after", "message"),
    [
        ([prose("a", "A")], "neuron-chek", "unknown cell 'neuron-chek'; did you mean 'neuron-check'"),
        ([prose("title", "A")], "neuron-check", "has already a cell 'title': an id is given once"),
        (exercise("softmax"), "neuron-check", "the cell 'softmax' belongs to ex02_output_units_and_losses"),
    ],
)
def test_cells_that_do_not_belong_there_are_refused_and_the_file_stays(copy, cells, after, message):
    with pytest.raises(ValueError, match=message):
        insert(cells, copy, after)
    assert read(copy) == read(MASTER)


def test_a_master_is_named_like_its_set(tmp_path):
    with pytest.raises(ValueError, match="named like its set"):
        write([], tmp_path / "my exercises.ipynb")


def test_a_question_without_cells_is_named_with_the_way_to_put_them_in():
    book = read(MASTER)
    book.cells = [cell for cell in book.cells if not cell.id.startswith("neuron")]
    with pytest.raises(
        ValueError, match=r"has no cells for neuron: .*insert.*README.md.*mlpkit exercises build"
    ):
        refreshed(book, MASTER.stem)


def test_questions_in_another_order_are_refused():
    book = read(MASTER)
    ids = [cell.id for cell in book.cells]
    first, second = ids.index("pre-activation"), ids.index("neuron")
    book.cells[first], book.cells[second] = book.cells[second], book.cells[first]
    with pytest.raises(ValueError, match="in this order; its master has neuron, augmented"):
        refreshed(book, MASTER.stem)


def test_outputs_are_taken_out_and_a_seed_is_put_in():
    fresh = read(MASTER)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.execution_count = 3
    book = refreshed(fresh, MASTER.stem, seed=7)
    assert {cell.execution_count for cell in book.cells if cell.cell_type == "code"} == {None}
    (seed,) = [cell for cell in book.cells if cell.id == "seed"]
    assert seed.source.startswith("SEED = 7 ")
