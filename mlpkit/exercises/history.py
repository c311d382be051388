"""Progress: what was checked so far, JSON in the student's folder; deleting it loses history alone.

Notebooks in several kernels may share the file: it is read again before each entry, and replaced as a whole.
Of two checks in the very same moment one entry may be lost.
"""

import json
import os
import tempfile
from contextlib import suppress
from html import escape
from pathlib import Path

from mlpkit.exercises.registry import sets
from mlpkit.exercises.result import STYLE

FILE = "mlpkit-progress.json"
VERSION = 1


def path() -> Path | None:
    """Where progress is kept: this folder, or what MLPKIT_PROGRESS names; None where that says 'off'."""
    setting = os.environ.get("MLPKIT_PROGRESS", "")
    if setting == "off":
        return None
    return Path(setting) if setting else Path.cwd() / FILE


def load() -> dict:
    """{question: {best, last, max, attempts}}; what is missing, broken or strange counts as not there."""
    place = path()
    try:
        found = json.loads(place.read_text(encoding="utf-8")) if place else {}
        entries = dict(found["questions"]) if isinstance(found, dict) else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {name: entry for name, entry in entries.items() if _sound(entry)}


def _sound(entry):
    if not isinstance(entry, dict):
        return False
    numbers = [entry.get(key) for key in ("best", "last", "max", "attempts")]
    return all(isinstance(n, int | float) and not isinstance(n, bool) and 0 <= n < 1e9 for n in numbers)


def record(result) -> None:
    """Enter a result; an untouched stub is no attempt, a read-only folder no reason to fail."""
    place = path()
    if place is None or result.status == "not written yet":
        return
    entries = load()
    before = entries.get(result.question, {"best": 0.0, "attempts": 0})
    entries[result.question] = {
        "best": max(before["best"], result.score),
        "last": result.score,
        "max": result.max_score,
        "attempts": before["attempts"] + 1,
        "misconception": result.misconception,
    }
    with suppress(OSError):
        _write(place, json.dumps({"version": VERSION, "questions": entries}, indent=1))
    Progress.refresh()


def _write(place, text):
    """Whole or not at all: a new file beside it takes its place."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


class Progress:
    """All sets with score and attempts, and what to do next: a table in a notebook, text elsewhere.

    As the value of a notebook's cell the table follows every later check of that kernel.
    """

    shown = False  # whether this kernel has shown a table, which checks then bring up to date
    DISPLAY = "mlpkit-progress"

    def __init__(self):
        entries = load()
        self.rows, self.next = [], ""
        for name, one in sets().items():
            known = {q.name: entries.get(q.name) for q in one.questions}
            bests = {q.name: min((known[q.name] or {"best": 0.0})["best"], q.points) for q in one.questions}
            best = sum(bests.values())
            attempts = sum(int(entry["attempts"]) for entry in known.values() if entry)
            open_ones = [q.name for q in one.questions if bests[q.name] < q.points]
            self.rows.append(
                (name, one.title, best, sum(q.points for q in one.questions), attempts, open_ones)
            )
            if open_ones and not self.next:
                self.next = f"{open_ones[0]} in {name}"

    def __repr__(self):
        done = sum(not row[-1] for row in self.rows)
        return f"<progress: {done} of {len(self.rows)} sets done>"

    def __str__(self):
        lines = [f"{'set':44s} {'score':>9s} {'attempts':>8s}  next"]
        for name, _, best, most, attempts, open_ones in self.rows:
            score = f"{best:g}/{most:g}"
            lines.append(f"{name:44s} {score:>9s} {attempts:8d}  {open_ones[0] if open_ones else 'done'}")
        return "\n".join([*lines, f"Next: {self.next or 'nothing, all is done'}"])

    def _ipython_display_(self):
        from IPython.display import display

        display(self._texts(), raw=True, display_id=self.DISPLAY)
        Progress.shown = True

    @classmethod
    def refresh(cls) -> None:
        """Bring the tables that this kernel has shown up to date."""
        if cls.shown:
            from IPython.display import update_display

            update_display(cls()._texts(), raw=True, display_id=cls.DISPLAY)

    def _texts(self):
        return {"text/plain": repr(self), "text/html": self._repr_html_()}

    def _repr_html_(self):
        head = "".join(f'<th scope="col">{t}</th>' for t in ("Set", "Score", "Attempts", "Next"))
        body = ""
        for name, title, best, most, attempts, open_ones in self.rows:
            bar = (
                f'<progress max="{most:g}" value="{best:g}" aria-label="score of {escape(name)}"></progress>'
            )
            cells = (
                f"{bar} {best:g} of {most:g}",
                str(attempts),
                escape(open_ones[0] if open_ones else "done"),
            )
            classes = ("points", "points", "next")
            row = "".join(f'<td class="{c}">{cell}</td>' for c, cell in zip(classes, cells, strict=True))
            body += f'<tr><th scope="row">{escape(name[2:4])} · {escape(title)}</th>{row}</tr>'
        next_one = escape(self.next or "nothing, all is done")
        return (
            f'<style>{STYLE}</style><div class="mlpkit-progress" role="group" aria-label="Your progress">'
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>Next: {next_one}</p></div>"
        )


def progress() -> Progress:
    """Where you stand in every set."""
    return Progress()
