"""Pictures that come alive: an explorable driven by the student's own function, once that is right.

    from mlpkit.solution_figures import solution_figure
    solution_figure(decision_boundary)           # the last line of a notebook cell

One file a set, called like it. In it each public function is called like a question and takes the student's
functions (that question's first) and where its controls start: `decision_boundary(line, w1=1.0) -> Stage`.
No list names them: `solution_figure` finds the file by the question's set.
"""

from mlpkit._moved import warn_of_new_name
from mlpkit.solution_figures.build import Missing, builder, solution_figure

__all__ = ["Missing", "builder", "solution_figure"]


def __getattr__(name):
    if name == "come_alive":
        warn_of_new_name("come_alive", "solution_figure")
        return solution_figure
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
