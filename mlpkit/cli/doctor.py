"""`mlpkit doctor`: a table of what the course needs, what is there, and how to get the rest."""

import os
import sys

from mlpkit.cli.checkup import lecture_rows, other_rows

__all__ = ["add_arguments", "check_course", "run"]

COLOURS = {"ok": "32", "missing": "31", "optional": "33"}
HEADINGS = ("what", "state", "found", "for")


def add_arguments(parser):
    """The options of `mlpkit doctor`: none."""


def run(args):
    """Print the table; 0 when all that the lectures need is there, else 1."""
    lectures, others = lecture_rows(), other_rows()
    print(table([*lectures, *others], colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    missing = [row for row in lectures if row.state == "missing"]
    if missing:
        print(f"\nMissing for the lectures: {', '.join(row.name for row in missing)}.")
    else:
        print("\nEverything the lectures need is here.")
    return 1 if missing else 0


def check_course():
    """One line when all that the lectures need is here, else a line for each thing that is missing.

    For the first notebook. It names no versions, so the stored output is the same everywhere.

    >>> check_course()
    Everything the lectures need is here.
    """
    missing = [row for row in lecture_rows(in_kernel=True) if row.state == "missing"]
    for row in missing:
        print(f"Missing: {row.name} ({row.purpose}). How to get it: {row.how}")
    if not missing:
        print("Everything the lectures need is here.")


def table(rows, colour=False):
    """The rows as aligned plain text, with the way to get what is not there below each."""
    cells = [(row.name, row.state, row.found, row.purpose) for row in rows]
    widths = [max(len(line[i]) for line in [HEADINGS, *cells]) for i in range(3)]
    lines = [aligned(HEADINGS, widths), aligned(["-" * width for width in widths] + ["---"], widths)]
    for i, (row, line) in enumerate(zip(rows, cells, strict=True)):
        text = aligned(line, widths)
        if colour:
            state = f"{row.state:{widths[1]}}"
            text = text.replace(state, f"\033[{COLOURS[row.state]}m{state}\033[0m", 1)
        lines.append(text)
        following = rows[i + 1 : i + 2]
        if row.state != "ok" and not any(after.how == row.how and after.state != "ok" for after in following):
            lines.append(f"{'':{widths[0]}}  -> {row.how}")
    return "\n".join(lines)


def aligned(cells, widths):
    """One line of the table; the last column runs free."""
    return "  ".join([f"{cell:{width}}" for cell, width in zip(cells, widths, strict=False)] + [cells[-1]])
