"""One attack: what a submission does, and what may come of it."""

from dataclasses import dataclass
from textwrap import dedent, indent

ATTACKED, HONEST = "pre_activation", "sigmoid"
IMPORTS = "import numpy as np"
RIGHT = {
    HONEST: """
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))
""",
    ATTACKED: """
def pre_activation(X, w, b):
    return X @ w + b
""",
}
HONEST_CELLS = (IMPORTS, *RIGHT.values())
WRONG = "return np.zeros(len(X))"
LEAKED = "LEAKED"  # an attack that has read what it must not raises an error with this word


@dataclass(frozen=True)
class Attack:
    """A notebook whose `pre_activation` is wrong, and which tries to get points for it or to do harm.

    `cell` runs before the function is defined, `body` is the function's. `keeps`: the right `sigmoid` of the
    same notebook has its points all the same. `after` is a cell behind all others. `points`: for the wrong
    function, where it has some without any attack.
    """

    name: str
    cell: str = ""
    body: str = WRONG
    keeps: bool = False
    after: str = ""
    points: float = 0.0

    @property
    def cells(self) -> tuple[str, ...]:
        """The notebook."""
        body = indent(dedent(self.body).strip("\n"), "    ")
        cells = (
            IMPORTS,
            RIGHT[HONEST],
            dedent(self.cell).strip("\n"),
            f"def {ATTACKED}(X, w, b):\n{body}",
            self.after,
        )
        return tuple(dedent(cell) for cell in cells if cell)


FIND = """
def send_of():
    import sys
    frame = sys._getframe()
    while frame is not None:
        send = frame.f_locals.get("send")
        if send is not None and getattr(send, "__closure__", None):
            return send
        frame = frame.f_back
    raise LookupError
"""
