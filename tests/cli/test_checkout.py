"""Where the course is, which lecture a name means, and what keeps Jupyter inside of the checkout."""

import os
import sys
from pathlib import Path

import pytest

from mlpkit.cli import checkout, main
from mlpkit.cli.errors import CommandError

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *[(name, "00") for name in (None, "", "0", "00", "start", "00_start_here", "00_start_here.ipynb")],
        *[
            (name, "07")
            for name in ("7", "07", "007", "7.ipynb", "07.ipynb", "lectures/7", "L7", "lecture 7")
        ],
        *[
            (name, "07")
            for name in ("universal", "Universal Approximation", "universal-approximation", " 7 ")
        ],
        ("1", "01"),
        ("lectures/00_start_here.ipynb", "00"),
    ],
)
def test_a_lecture_is_found_by_number_name_piece_of_a_name_or_path(name, number):
    found = checkout.find_lecture(name)
    assert found.parent == CHECKOUT / "lectures"
    assert found.name.startswith(f"{number}_")


def test_a_notebook_outside_the_checkout_is_refused(tmp_path):
    (tmp_path / "mine.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError, match="is outside the course's folder"):
        checkout.find_lecture(str(tmp_path / "mine.ipynb"))


def test_an_installation_without_the_lectures_says_what_to_do(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(checkout, "__file__", str(tmp_path / "a" / "b" / "checkout.py"))
    assert main(["lab"]) == 1
    assert "without the lectures; clone the course's repository and run `make lab`" in capsys.readouterr().err


def test_all_folders_of_jupyter_are_inside_the_given_one(tmp_path):
    variables = checkout.jupyter_environment(tmp_path)
    folders = {name: value for name, value in variables.items() if name.endswith("DIR")}
    assert len(folders) == 7
    assert all(Path(value).is_relative_to(tmp_path) for value in folders.values())
    assert variables["JUPYTER_PATH"] == variables["JUPYTER_CONFIG_PATH"] == ""


def test_programs_of_this_environment_come_first(monkeypatch):
    monkeypatch.setenv("PATH", "elsewhere")
    assert checkout.merged_environment()["PATH"] == os.pathsep.join(
        [str(Path(sys.executable).parent), "elsewhere"]
    )


def test_an_unknown_lecture_is_named_with_those_there_are(capsys):
    assert main(["lab", "99"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("mlpkit lab: there is no notebook '99'; the lectures are: 00_start_here")


def test_a_piece_that_two_lectures_share_names_both(capsys):
    assert main(["present", "and", "--plan"]) == 2
    said = capsys.readouterr().err
    assert "'and' fits 01_linear_models_and_neurons, 02_output_units_and_losses; take the name" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("README.md", "README.md is not a notebook: name a file that ends in .ipynb"),
        ("backpropogation", "there is no notebook 'backpropogation'; did you mean 05_backpropagation?"),
        ("nowhere/07", "there is no notebook 'nowhere/07'; the lectures are"),
        ("lectures", "there is no notebook 'lectures'; the lectures are"),
        (" ", "there is no notebook ''; the lectures are"),
        ("*", "there is no notebook '*'; the lectures are"),
        ("7.5", "there is no notebook '7.5'; the lectures are"),
        ("x" * 5000, "the lectures are"),
        ("~nobody/07", "there is no notebook '~nobody/07'"),
    ],
)
def test_an_odd_name_gets_a_sentence(name, said, capsys):
    assert main(["present", name, "--plan"]) == 2
    assert said in capsys.readouterr().err
