"""A notebook as a deck, its running order, the workspace, what `mlpkit present` says without this or that."""

import json
import re

import pytest
from notebooks import LECTURES, PATHS

from mlpkit.cli import main
from mlpkit.cli.present import present_command
from mlpkit.present import read_deck
from mlpkit.present.plan import plan
from mlpkit.present.prose import to_html
from mlpkit.present.workspace import EXTENSIONS, KEPT, NAME, SETTINGS, prepare

LECTURE = LECTURES / "07_universal_approximation.ipynb"


def notebook(path, *cells):
    """A notebook of (slide type, source) pairs; code where the source does not begin with a word of prose."""
    made = [
        {
            "id": f"cell-{k}", "cell_type": "markdown", "source": source,
            "metadata": {"slideshow": {"slide_type": kind}} if kind else {},
        }
        for k, (kind, source) in enumerate(cells)
    ]  # fmt: skip
    path.write_text(json.dumps({"cells": made, "metadata": {}, "nbformat": 4}), encoding="utf-8")
    return path


@pytest.fixture
def small(tmp_path):
    """Five slides in two sections of 30 minutes, with a cell that nobody sees."""
    return notebook(
        tmp_path / "small.ipynb",
        ("slide", "# Small\n\nwords"), ("skip", "imports"), ("fragment", "more"), ("notes", "Say hello."),
        ("slide", "## One\n\nx"), (None, "goes on"), ("subslide", "no heading"),
        ("notes", "<details><summary>For the speaker</summary>\n\nPoint at it. Minutes: 30.\n</details>"),
        ("slide", "### Two: $x^2$"), ("subslide", "y"), ("notes", "Minutes: 30."),
    )  # fmt: skip


class TestDeck:
    def test_a_slide_holds_what_is_on_the_screen_together(self, small):
        deck = read_deck(small)
        assert [slide.ids for slide in deck.slides] == [
            ["cell-0", "cell-2"], ["cell-4", "cell-5"], ["cell-6"], ["cell-8"], ["cell-9"]
        ]  # fmt: skip
        assert [slide.heading for slide in deck.slides] == ["Small", "One", "One", "Two: x²", "Two: x²"]
        assert deck.title == "Small"

    def test_a_heading_is_told_without_the_marks_of_formulas(self, tmp_path):
        title = r"## What is $\mathcal D$, or $\mathbf{y}$, in `x`?"
        path = notebook(tmp_path / "marks.ipynb", ("slide", title))
        assert read_deck(path).title == "What is D, or y, in x?"

    def test_notes_with_minutes_are_for_all_slides_since_the_notes_before(self, small):
        deck = read_deck(small)
        assert [slide.minutes for slide in deck.slides] == [30, 0, 0, 30, 0]
        assert deck.slides[0].notes == "Say hello.\n\nPoint at it. Minutes: 30."
        assert [slide.notes for slide in deck.slides[1:]] == ["Point at it. Minutes: 30."] * 2 + [
            "Minutes: 30."
        ] * 2

    def test_the_plan_rings_the_bell_and_cuts_no_section(self, small):
        said = plan(read_deck(small))
        assert said.startswith("Small: 5 slides, 60 minutes in 2 classes of 50 minutes\n")
        assert re.search(r"^ +0 +30 +1  Small  \(\+1\)$", said, re.M)
        assert "the bell: class 2 begins here, 20 min to spare" in said
        assert re.search(r"^ +0 +30 +4  Two: x", said, re.M)

    @pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
    def test_every_cell_of_a_lecture_is_on_a_slide_or_a_note_or_skipped(self, path):
        deck = read_deck(path)
        on_slides = [name for slide in deck.slides for name in slide.ids]
        rest = [c for c in deck.cells if c["id"] not in on_slides]
        assert len(on_slides) == len(set(on_slides))
        assert {c["metadata"]["slideshow"]["slide_type"] for c in rest} <= {"notes", "skip"}
        assert all(slide.heading for slide in deck.slides)


class TestWorkspace:
    def test_it_has_a_copy_of_the_lectures_and_settings_of_its_own(self, tmp_path):
        copy = prepare(tmp_path, LECTURE)
        assert copy.read_bytes() == LECTURE.read_bytes()
        assert {p.name for p in copy.parent.iterdir()} == {p.name for p in LECTURES.iterdir() if p.is_file()}
        for name, values in (SETTINGS | KEPT).items():
            assert json.loads((tmp_path / "settings" / f"{name}.jupyterlab-settings").read_text()) == values

    def test_prepared_again_it_forgets_changes_but_not_the_theme(self, tmp_path):
        copy = prepare(tmp_path, LECTURE)
        copy.write_text("spoilt")
        themes = tmp_path / "settings" / f"{next(iter(KEPT))}.jupyterlab-settings"
        themes.write_text('{"theme": "JupyterLab Dark"}')
        prepare(tmp_path, LECTURE)
        assert copy.read_bytes() == LECTURE.read_bytes()
        assert "Dark" in themes.read_text()

    def test_the_extension_is_whole_and_its_files_may_change_under_their_names(self):
        folder = EXTENSIONS / NAME
        package = json.loads((folder / "package.json").read_text())
        load = package["jupyterlab"]["_build"]["load"]
        assert (folder / load).is_file()
        assert package["name"] == NAME
        # JupyterLab lets browsers keep everything in a folder named `static` for ever
        assert "static" not in load


class TestCommand:
    @pytest.fixture(autouse=True)
    def no_other_program(self, monkeypatch):
        """A test that gets as far as starting JupyterLab fails; else it would become JupyterLab for ever."""

        def refuse(command, environment):
            raise AssertionError(f"the test would have become {command}")

        monkeypatch.setattr("mlpkit.cli.present.exec_command", refuse)

    def test_jupyterlab_runs_in_the_workspace_with_our_two_extensions(self, tmp_path):
        command, variables = present_command(LECTURE, tmp_path, windows=False)
        assert f"--ServerApp.root_dir={tmp_path / 'lectures'}" in command
        assert "--LabApp.default_url=/lab/tree/07_universal_approximation.ipynb" in command
        assert "--ServerApp.open_browser=False" in command
        assert f"--LabApp.extra_labextensions_path={EXTENSIONS}" in command
        extensions = [part.partition("=")[2] for part in command if "jpserver_extensions" in part]
        assert extensions == ["mlpkit.cli.tune=True", "mlpkit.present.server=True"]
        assert variables["JUPYTERLAB_SETTINGS_DIR"] == str(tmp_path / "settings")

    def test_the_websocket_is_left_alone_when_asked(self, tmp_path):
        command, _ = present_command(LECTURE, tmp_path, tune=False)
        assert not any("mlpkit.cli.tune" in part for part in command)

    def test_the_plan_is_printed_without_a_server(self, capsys):
        assert main(["present", "07", "--plan"]) == 0
        said = capsys.readouterr().out
        assert said.startswith("7 · Universal approximation: ")
        assert "N bumps approximate a function" in said

    @pytest.mark.parametrize(
        ("asked", "near"),
        [("aproximation", "07_universal_approximation"), ("backpropagtion", "05_backpropagation")],
    )
    def test_a_lecture_that_does_not_exist_gets_the_nearest_name(self, asked, near, capsys):
        assert main(["present", asked, "--plan"]) == 2  # should it be found, no server starts
        assert f"there is no notebook '{asked}'; did you mean {near}?" in capsys.readouterr().err

    def test_a_lecture_is_found_by_its_number(self, capsys):
        assert main(["present", "7", "--plan"]) == 0
        assert capsys.readouterr().out.startswith("7 · Universal approximation: ")

    @pytest.mark.parametrize("module", ["jupyterlab", "jupyterlab_deck", "latex2mathml"])
    def test_a_package_that_is_missing_is_named_with_the_way_to_get_it(self, module, monkeypatch, capsys):
        from mlpkit.cli import present

        there = present.importlib.util.find_spec
        monkeypatch.setattr(
            present.importlib.util, "find_spec", lambda name: None if name == module else there(name)
        )
        assert main(["present", "07"]) == 1
        assert re.search(r"is not installed here; run make present L=00", capsys.readouterr().err)

    def test_a_foreign_kernel_is_named(self, monkeypatch, capsys):
        from mlpkit.cli import present
        from mlpkit.cli.checkup import Row

        row = Row("kernel python3", "runs the cells", "missing", "/usr/bin/other", "remove it")
        monkeypatch.setattr(present, "kernel_row", lambda: row)
        assert main(["present", "07"]) == 1
        said = capsys.readouterr().err
        assert "the kernel python3 cannot run the lecture (found: /usr/bin/other); remove it" in said

    def test_without_a_browser_the_address_is_opened_by_hand(self, monkeypatch, capsys):
        import webbrowser

        from mlpkit.cli import present

        def none():
            raise webbrowser.Error("none")

        monkeypatch.setattr(present.webbrowser, "get", none)
        assert not present.has_browser()
        assert "No browser can be opened here: open the addresses below by hand." in capsys.readouterr().out


class TestProse:
    def test_formulas_become_mathml_and_code_stays_code(self):
        made = to_html("A *sum* $a_1 + b$ and `$HOME`:\n\n$$\\sum_k x_k$$")
        assert made.count("<math") == 2
        assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' in made
        assert "<code>$HOME</code>" in made
        assert "<em>sum</em>" in made

    def test_a_formula_is_not_read_as_markdown(self):
        assert "<em>" not in to_html("$a_1 * b_2 * c_3$")

    @pytest.mark.parametrize(
        "source", ["so $a\n= b$ holds", "> so\n> $$\n> a\n> + b\n> $$", "- so\n\n  $$\n  a\n  + b\n  $$"],
        ids=["sentence", "quote", "list"],
    )  # fmt: skip
    def test_a_formula_may_go_over_several_lines(self, source):
        made = to_html(source)
        assert made.count("<math") == 1
        assert "$" not in made

    @pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
    def test_every_formula_of_the_lectures_is_understood(self, path):
        for cell in read_deck(path).cells:
            if cell["cell_type"] == "markdown":
                made = to_html(cell["source"])
                assert "$" not in re.sub(r"<code>.*?</code>", "", made, flags=re.DOTALL), cell["id"]
                math = "".join(re.findall(r"<math.*?</math>", made, re.DOTALL))
                assert "\\" not in math, cell["id"]
