"""A class for the measurements of grading: the notebook of set 05 with answers of all kinds in it."""

import inspect
import json
import random
import re
from pathlib import Path

from mlpkit.exercises.registry import exercise_set

SET = "ex05_backpropagation"
CHECKOUT = Path(__file__).resolve().parents[1]
RIGHT, WRONG = 0.6, 0.3  # of all answers; the rest is not written


def answer(function, name):
    """The text of a function as a student hands it in: under the question's name."""
    text = inspect.getsource(inspect.unwrap(function))
    text = text[re.search(r"^def ", text, re.M).start() :]
    return re.sub(r"^def \w+", f"def {name}", text, count=1)


def write_class(folder, size, seed=0):
    """Write `size` notebooks -> their paths. The same seed gives the same class.

    An answer is one of the right ones, or one with a known mistake, or the stub. The cells that check and
    draw stay in.
    """
    stub = (CHECKOUT / "exercises" / "student" / f"{SET}.ipynb").read_text(encoding="utf-8")
    choose, paths = random.Random(seed), []
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number in range(size):
        book = json.loads(stub)
        cells = {cell["id"]: cell for cell in book["cells"]}
        for asked in exercise_set(SET).questions:
            kind = choose.random()
            if kind < RIGHT:
                function = choose.choice([asked.solution, *asked.right])
            elif kind < RIGHT + WRONG:
                function = choose.choice(asked.misconceptions).wrong
            else:
                continue
            cells[asked.name.replace("_", "-")]["source"] = answer(function, asked.name)
        path = Path(folder) / f"student{number:04d}.ipynb"
        path.write_text(json.dumps(book), encoding="utf-8")
        paths.append(path)
    return paths
