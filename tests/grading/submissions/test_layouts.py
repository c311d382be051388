"""The layouts of learning platforms, as they document them, and what each student's id is in them."""

import json
import zipfile
from pathlib import Path

import pytest

from mlpkit.grading.submissions import RULES, read


def notebook(*cells):
    """The bytes of a notebook with these code cells."""
    made = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def write(folder, files):
    """Write files: a name -> bytes, text, or the cell of a notebook for names that end in .ipynb."""
    for name, content in files.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".ipynb") and isinstance(content, str):
            content = notebook(content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Path(folder)


def zipped(folder, to):
    """The folder as a zip."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder))
    return to


LAYOUTS = {
    "moodle with folders": (
        {
            "Ada Lovelace_123456_assignsubmission_file_/ex05.ipynb": "a = 1",
            "Zoë O'Neil-Çelik_7_assignsubmission_file/sub/ex05.ipynb": "z = 1",
            "Max_Power_99_assignsubmission_file_/ex05.ipynb": "m = 1",
        },
        {"123456": "Ada Lovelace", "7": "Zoë O'Neil-Çelik", "99": "Max Power"},
    ),
    "moodle without folders": (
        {
            "Ada Lovelace_123456_assignsubmission_file_ex05.ipynb": "a = 1",
            "Ben_7_assignsubmission_file_Ada_123456_assignsubmission_file_x.ipynb": "b = 1",
            "Participant_8_assignsubmission_file_ex05 (1).ipynb": "c = 1",
        },
        {"123456": "Ada Lovelace", "7": "Ben", "8": ""},
    ),
    "canvas": (
        {
            "lovelaceada_12345_67890_ex05.ipynb": "a = 1",
            "powermax_LATE_23456_67891_ex05-1.ipynb": "m = 1",
            "group1_34567_67892_my_1_2_ex05.ipynb": "g = 1",
        },
        {"12345": "lovelaceada", "23456": "powermax", "34567": "group1"},
    ),
    "canvas anonymous": (
        {"anon_a1B2c_67890_ex05.ipynb": "a = 1", "anon_LATE_Zz9y8_67891_ex05.ipynb": "b = 1"},
        {"a1B2c": "", "Zz9y8": ""},
    ),
    "nbgrader": (
        {
            "submitted/ada/ex05/ex05.ipynb": "a = 1",
            "submitted/ada/ex05/timestamp.txt": "2015-02-02 15:58:23.948203 UTC",
            "submitted/ben/ex05/ex05.ipynb": "b = 1",
            "source/ex05/ex05.ipynb": "secret = 1",
            "nbgrader_config.py": "c = get_config()",
        },
        {"ada": "", "ben": ""},
    ),
    "gradescope": (
        {
            "submission_111/ex05.ipynb": "a = 1",
            "submission_222/ex05.ipynb": "b = 1",
            "submission_metadata.yml": (
                "---\nsubmission_111:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '3034'\n"
                "    :email: a@b.edu\n  :created_at: 2020-02-22 03:12:43.126463000 Z\n  :score: 1.0\n"
                "submission_222:\n  :submitters:\n"
                '  - :name: "Zo\\xEB"\n    :email: z@b.edu\n    :sid: \n  :results:\n    output: |-\n'
                "      - :name: Eve\n      :submitters:\n"
            ),
        },
        {"3034": "Ada Lovelace", "z_b.edu": "Zoë"},
    ),
    "folders": (
        {
            "ada/ex05.ipynb": "a = 1",
            "Ben Müller/exercises/ex05.ipynb": "b = 1",
            "notes.txt": "no",
            "grades.csv": "",
        },
        {"ada": "", "Ben_Muller": "Ben Müller"},
    ),
    "notebooks": (
        {"ada.ipynb": "a = 1", "ben.py": "b = 1", "cem.IPYNB": notebook("c = 1")},
        {"ada": "", "ben": "", "cem": ""},
    ),
}


@pytest.mark.parametrize("form", ["folder", "folder in a folder", "zip", "zip with a folder in it"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_gives_ids_and_names_from_a_folder_and_from_a_zip(layout, form, tmp_path):
    files, expected = LAYOUTS[layout]
    folder = write(tmp_path / "given" / "download", files)
    given = {
        "folder": lambda: folder,
        "folder in a folder": lambda: folder.parent,
        "zip": lambda: zipped(folder, tmp_path / "download.zip"),
        "zip with a folder in it": lambda: zipped(folder.parent, tmp_path / "download.zip"),
    }[form]()
    if form in ("folder in a folder", "zip with a folder in it") and layout == "notebooks":
        pytest.skip("a folder of notebooks in a folder is a student's folder")
    found = read([given])
    assert {one.student: one.name for one in found} == expected
    assert [one.student for one in found] == sorted(expected)
    assert all(one.problem == "" and len(one.notebooks) == 1 for one in found)
    assert all(len(one.notebooks[0].cells) == 1 for one in found)


def test_the_rules_name_every_layout():
    for name in ("Moodle", "Canvas", "nbgrader", "Gradescope", "folders", "notebooks"):
        assert f"  {name} " in RULES
    assert all(len(line) <= 110 for line in RULES.splitlines())
