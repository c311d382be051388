"""A small class for tests: notebooks of one set with right, wrong and missing answers, made on the spot."""

import inspect
import json
import random
import re
from pathlib import Path

from mlpkit.exercises.registry import exercise_set, set_names


def set_called(short):
    """The set 'ex05'."""
    return exercise_set(next(name for name in set_names() if name.startswith(short)))


def source_of(function, name):
    """The text of a right or wrong solution, as a student writes it: called like the question."""
    text = inspect.getsource(inspect.unwrap(function))
    text = text[re.search(r"^def ", text, re.M).start() :]
    return re.sub(r"^def \w+", f"def {name}", text, count=1)


def notebook(*cells):
    """A notebook of these code cells, as JSON."""
    always = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    made = [{**always, "id": f"c{i}", "source": source} for i, source in enumerate(cells)]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _uses(question, name):
    return re.search(rf"\b{name}\(", inspect.getsource(question.solution)) is not None


def write_class(folder: Path, size: int, short="ex02", seed=0):
    """`size` notebooks in a folder -> {student: {question: its kind "right", "wrong" or "missing"}}."""
    choose, kinds = random.Random(seed), {}
    questions = set_called(short).questions
    used = {q.name for q in questions for other in questions if other is not q and _uses(other, q.name)}
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(size):
        student, cells, kinds_of = f"student{i:03d}", ["import numpy as np"], {}
        for question in questions:
            kind = choose.choice(["right", "right", "wrong", "missing"])
            kind = "right" if question.name in used else kind  # another solution calls it
            kinds_of[question.name] = kind
            if kind == "missing":
                continue
            wrong = kind == "wrong"
            function = choose.choice(question.misconceptions).wrong if wrong else question.solution
            cells += [source_of(function, question.name), f"check({question.name})"]
        (folder / f"{student}.ipynb").write_text(notebook(*cells), encoding="utf-8")
        kinds[student] = kinds_of
    return kinds
