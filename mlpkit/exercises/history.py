"""Progress: what was checked so far, JSON in the student's folder; deleting it loses history alone.

The file may be shared by notebooks in several kernels, and be under version control: each entry is made under
a lock, fields that this version does not know stay, and of a file that cannot be read (a merge that was left
half-way) a copy is kept and every entry that can be made out.
"""

import json
import os
import re
import time
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path

from mlpkit.exercises.registry import homes, sets
from mlpkit.exercises.result import STYLE

FILE = "mlpkit-progress.json"
VERSION = 1
FOLDER = Path.cwd()  # the notebook's, where JupyterLab starts a kernel; `%cd` changes it later
PATIENCE, STALE = 2.0, 10.0  # seconds until a lock is not waited for, is a left-over
NUMBERS = ("best", "last", "max", "attempts")


def path() -> Path | None:
    """Where progress is kept: beside the notebook (the folder in which mlpkit was imported).

    Or what MLPKIT_PROGRESS names; None where that says 'off'.
    """
    setting = os.environ.get("MLPKIT_PROGRESS", "")
    if setting == "off":
        return None
    return Path(setting) if setting else FOLDER / FILE


def load() -> dict:
    """{question: {best, last, max, attempts}}; what is missing, broken or strange counts as not there."""
    return _read(path())[0].get("questions", {})


def times(question: str, mistake: str) -> int:
    """How many recorded attempts at a question showed this mistake, in all; what is graded now comes later.

    `mistake` is the id of a misconception, or what `mistake_of` gives for a result.
    """
    return int(load().get(question, {}).get("seen", {}).get(mistake, 0))


def mistake_of(result) -> str:
    """Under which key a result's mistake is counted: the misconception's id, else the relation, else ""."""
    found = result.misconception or getattr(result, "relation_id", "") or getattr(result, "relation", "")
    return str(found or "")[:200]


def _read(place):
    """(document, whether all of the file was understood); document["questions"] has sound entries alone."""
    try:
        text = place.read_text(encoding="utf-8-sig", errors="surrogateescape") if place else ""
    except OSError:
        text = ""
    if not text.strip():
        return {"questions": {}}, True
    try:
        document = json.loads(text)
        entries = dict(document["questions"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"questions": _made_out(text)}, False
    sound = {name: entry for name, entry in entries.items() if _sound(entry)}
    return document | {"questions": sound}, len(sound) == len(entries)


def _made_out(text):
    """The entries in a text that is no JSON any more; of two for one question the better numbers."""
    found = {}
    for match in re.finditer(r'"(\w+)"\s*:\s*(?=\{)', text):
        with suppress(ValueError, RecursionError):
            entry, _ = json.JSONDecoder().raw_decode(text, match.end())
            name = match[1]
            if name in homes() and _sound(entry):
                before = found.get(name, entry)
                found[name] = entry | {key: max(before[key], entry[key]) for key in ("best", "attempts")}
    return found


def _sound(entry):
    if not isinstance(entry, dict) or not isinstance(entry.get("seen", {}), dict):
        return False
    numbers = [*(entry.get(key) for key in NUMBERS), *entry.get("seen", {}).values()]
    return all(isinstance(n, int | float) and not isinstance(n, bool) and 0 <= n < 1e9 for n in numbers)


def record(result) -> None:
    """Enter a result, unless it was not written or not checked; a read-only folder is no reason to fail."""
    place = path()
    if place is None or result.status in ("not written yet", "not checked"):
        return
    with suppress(OSError), _locked(place):
        document, understood = _read(place)
        if not understood:
            _keep_copy(place)
        entries = document["questions"]
        before = entries.get(result.question, {"best": 0.0, "attempts": 0})
        seen, mistake = dict(before.get("seen", {})), mistake_of(result)
        if mistake:
            seen[mistake] = seen.get(mistake, 0) + 1
        entries[result.question] = before | {
            "best": max(before["best"], result.score),
            "last": result.score,
            "max": result.max_score,
            "attempts": before["attempts"] + 1,
            "misconception": result.misconception,
            "seen": seen,
        }
        document |= {"version": document.get("version", VERSION), "last": result.question}
        _write(place, json.dumps(document, indent=1))
    Progress.refresh()


def _keep_copy(place):
    """A copy of the file as it is, beside it, under a name that is free."""
    content = place.read_bytes()
    for number in range(1, 100):
        copy = place.with_name(f"{place.stem}-unreadable-{number}{place.suffix}")
        if copy.exists() and copy.read_bytes() == content:
            return
        if not copy.exists():
            copy.write_bytes(content)
            return


@contextmanager
def _locked(place):
    """Alone with the file, as far as other notebooks use it; a left-over lock is removed."""
    lock, end = place.with_name(f".{place.name}.lock"), time.monotonic() + PATIENCE
    mine = False
    while not mine and time.monotonic() < end:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            mine = True
        except FileExistsError:
            with suppress(OSError):
                if time.time() - lock.stat().st_mtime > STALE:
                    lock.unlink()
            time.sleep(0.01)
        except PermissionError:  # on Windows also while another one deletes it
            time.sleep(0.01)
    try:
        yield
    finally:
        if mine:
            with suppress(OSError):
                lock.unlink()


def _write(place, text):
    """Whole or not at all: a new file takes the place of the old one, with its permissions, else the usual.

    Behind a symbolic link the file that it leads to is replaced.
    """
    place = Path(os.path.realpath(place))
    new = place.with_name(f".{place.name}-{os.getpid()}-{time.monotonic_ns()}")
    try:
        with new.open("x", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            file.write(text)
        with suppress(OSError):
            new.chmod(place.stat().st_mode & 0o777)
        os.replace(new, place)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


class Progress:
    """All sets with score and attempts, and what to do next: a table in a notebook, text elsewhere.

    As the value of a notebook's cell the table follows every later check of that kernel.
    """

    shown = False  # whether this kernel has shown a table, which checks then bring up to date
    DISPLAY = "mlpkit-progress"

    def __init__(self):
        document = _read(path())[0]
        entries, home = document["questions"], homes().get(str(document.get("last")))
        self.rows, self.next = [], ""
        later = ""
        for name, one in sets().items():
            known = {q.name: entries.get(q.name) for q in one.questions}
            bests = {q.name: min((known[q.name] or {"best": 0.0})["best"], q.points) for q in one.questions}
            best = sum(bests.values())
            attempts = sum(int(entry["attempts"]) for entry in known.values() if entry)
            open_ones = [q.name for q in one.questions if bests[q.name] < q.points]
            self.rows.append(
                (name, one.title, best, sum(q.points for q in one.questions), attempts, open_ones)
            )
            if open_ones and name == home:
                self.next = f"{open_ones[0]} in {name}"
            later = later or (f"{open_ones[0]} in {name}" if open_ones else "")
        self.next = self.next or later  # in the set that is being worked on, else in the first that is open

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
