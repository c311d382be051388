"""Answers that hold for the notebook's numbers, or that look who is asking."""

from grading.attacks.attack import ATTACKED, Attack

from mlpkit.exercises.registry import question
from mlpkit.exercises.sandboxed.run import built


def table():
    """A function that knows the right results for the public numbers by heart."""
    asked = question(ATTACKED)
    rows = []
    for call in asked.calls(0):
        X, w, b = built(call.arguments)
        rows.append((repr([X.tolist(), w.tolist(), float(b)]), (X @ w + b).tolist()))
    return f"TABLE = {dict(rows)!r}"


KNOWN = "key = repr([np.asarray(X).tolist(), np.asarray(w).tolist(), float(b)])\n"

ATTACKS = [
    Attack(
        "the public results by heart",
        table(),
        KNOWN + "return np.array(TABLE.get(key, [0.0] * len(X)))",
        keeps=True,
    ),
    Attack(
        "the public results by heart, an error otherwise",
        table(),
        KNOWN + "return np.array(TABLE[key])",
        keeps=True,
    ),
    Attack(
        "the public results by heart, never an end otherwise",
        table(),
        KNOWN + "while key not in TABLE: pass\nreturn np.array(TABLE[key])",
        keeps=True,
    ),
    Attack(
        "the public results by heart, the end of the process otherwise",
        table(),
        KNOWN + "import os\nif key not in TABLE: os._exit(0)\nreturn np.array(TABLE[key])",
        keeps=True,
    ),
    Attack(
        "right while nobody grades",
        """
        import os
        graded = type(get_ipython()).__name__ == "Shell" or "HOME" in os.environ
        """,
        body="return np.zeros(len(X)) if graded else X @ w + b",
        keeps=True,
    ),
]
