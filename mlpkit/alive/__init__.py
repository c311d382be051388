"""Pictures that come alive: an explorable driven by the student's own function, once that is right.

    from mlpkit.alive import come_alive
    come_alive(decision_boundary)           # the last line of a notebook cell

One file a set, called like it. In it each public function is called like a question and takes the student's
functions (that question's first) and where its controls start: `decision_boundary(line, w1=1.0) -> Stage`.
No list names them: `come_alive` finds the file by the question's set.
"""

from mlpkit.alive.arrival import Missing, builder, come_alive

__all__ = ["Missing", "builder", "come_alive"]
