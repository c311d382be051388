"""Solution figures: an explorable that calls the student's own function, shown once that is right.

    from mlpkit.solution_figures import solution_figure
    solution_figure(decision_boundary)           # the last line of a notebook cell

One file per set, called like it. In it each public function is called like a question and takes the student's
functions (that question's first) and where its controls start: `decision_boundary(line, w1=1.0) -> Stage`.
No list names them: `solution_figure` finds the file by the question's set.

Imports: exercises, figures, stage, maths, matplotlib.
"""

from mlpkit._moved import renamed
from mlpkit.solution_figures.build import Missing, builder, solution_figure

__all__ = ["Missing", "builder", "solution_figure"]

__getattr__ = renamed(__name__, {"come_alive": "solution_figure"})
