"""What `check` answers: points by property, the misconception, the hint; as text and as HTML."""

from dataclasses import dataclass, replace
from html import escape

from mlpkit._moved import warn_of_new_name
from mlpkit.exercises.records import Mismatch


@dataclass(frozen=True)
class Finding:
    """One property: the points it got, and what is wrong where it got none."""

    name: str
    points: float
    of: float
    mismatch: Mismatch | None = None
    case: str = ""
    advice: str = ""

    @property
    def description(self) -> str:
        """'got 2 at [0], expected 3 (five rows)', or nothing."""
        if self.mismatch is None:
            return ""
        where = f" at {self.mismatch.where}" if self.mismatch.where else ""
        case = f" ({self.case})" if self.case else ""
        return f"expected {self.mismatch.expected}, got {self.mismatch.got}{where}{case}"

    @property
    def trouble(self) -> Mismatch | None:
        """The old name of `mismatch`."""
        warn_of_new_name("Finding.trouble", "Finding.mismatch")
        return self.mismatch

    @property
    def words(self) -> str:
        """The old name of `description`."""
        warn_of_new_name("Finding.words", "Finding.description")
        return self.description


@dataclass(frozen=True)
class CheckResult:
    """The answer to one function: `.passed .score .max_score .misconception .hint`, property by property.

    `status` is "checked", "not written yet" or "stopped" (after 5 s). Shown as HTML in a notebook; `print`
    gives the same as text.
    """

    question: str
    status: str
    findings: tuple[Finding, ...]
    misconception: str | None = None
    mistake: str = ""
    hint: str = ""
    printed: str = ""
    notes: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The points of all properties together."""
        return float(sum(f.points for f in self.findings))

    @property
    def max_score(self) -> float:
        """The points that there are."""
        return float(sum(f.of for f in self.findings))

    @property
    def passed(self) -> bool:
        """Whether nothing is missing."""
        return self.status == "checked" and self.score == self.max_score

    def explained(self, misconception, mistake, hint):
        """The same result with its diagnosis."""
        return replace(self, misconception=misconception, mistake=mistake, hint=hint)

    @property
    def headline(self) -> str:
        """The result in one line."""
        points = f"{self.score:g} of {self.max_score:g} points"
        if self.status == "not written yet":
            return f"{self.question}: not written yet"
        if self.status == "stopped":
            return f"{self.question}: stopped after 5 seconds, {points}"
        return f"{self.question}: {'passed' if self.passed else 'not yet right'}, {points}"

    @property
    def points(self) -> "Points":
        """The score, as the last line of a graded cell: shown like the result itself.

        nbgrader takes its text, a plain number, for the cell's points.
        """
        return Points.of(self)

    def __repr__(self):
        state = "passed" if self.passed else self.misconception or self.status
        if state == "checked":
            state = "not yet right"
        return f"<check {self.question}: {self.score:g}/{self.max_score:g}, {state}>"

    def __str__(self):
        lines = [self.headline]
        if self.status == "checked":
            for finding in self.findings:
                mark = "ok     " if finding.points else "missing"
                lines.append(f"  {mark} {finding.name} ({finding.of:g}) {finding.description}".rstrip())
        if self.mistake:
            lines.append(f"  It looks as if {self.mistake}.")
        if self.hint:
            lines.append(f"  Hint: {self.hint}")
        lines += [f"  Note: {note}" for note in self.notes]
        if self.printed:
            lines.append(f"  Your function printed (shown once): {self.printed[:300].rstrip()}")
        return "\n".join(lines)

    def _repr_pretty_(self, printer, cycle):
        printer.text(repr(self))

    def _repr_html_(self):
        return page(self)


class Points(float):
    """A score that a notebook shows as the whole result; `.result` is that."""

    result: CheckResult

    @classmethod
    def of(cls, result: CheckResult) -> "Points":
        """The score of a result."""
        points = cls(result.score)
        points.result = result
        return points

    def __str__(self):
        return str(self.result)

    def _repr_pretty_(self, printer, cycle):
        printer.text(repr(self))

    def _repr_html_(self):
        return page(self.result)


# The notebook's own colours, in both themes; where it has none, those of the text around.
STYLE = """
.mlpkit-check,.mlpkit-progress{max-width:54em;color:inherit;background:transparent;font-size:inherit}
.mlpkit-check{border:1px solid currentColor;border-left:6px solid var(--jp-warn-color1,currentColor);
border-radius:4px;padding:.5em .9em;margin:.2em 0}
.mlpkit-check[data-state=passed]{border-left-color:var(--jp-success-color1,currentColor)}
.mlpkit-check .headline{font-weight:600;margin:.1em 0}
.mlpkit-check table,.mlpkit-progress table{border-collapse:collapse;margin:.4em 0!important;color:inherit;
background:transparent;table-layout:auto}
.mlpkit-check tr,.mlpkit-progress tr{background:transparent!important}
.mlpkit-check th,.mlpkit-check td,.mlpkit-progress th,.mlpkit-progress td{text-align:left!important;
padding:.15em .9em .15em 0;vertical-align:top;background:transparent!important;color:inherit;
white-space:normal!important;max-width:34em;overflow-wrap:break-word}
.mlpkit-check th,.mlpkit-progress th{font-weight:600}
.mlpkit-check thead th,.mlpkit-check .points,.mlpkit-progress .points{white-space:nowrap!important}
.mlpkit-progress progress{width:5em}
.mlpkit-progress .next{overflow-wrap:anywhere}
.mlpkit-check p,.mlpkit-progress p{margin:.35em 0}
.mlpkit-check pre{white-space:pre-wrap;margin:.2em 0;background:transparent;color:inherit}
"""


def page(result: CheckResult) -> str:
    """The result as HTML in the notebook's own colours; a mark is a sign and never a colour alone."""
    rows = "".join(_row(f) for f in result.findings) if result.status == "checked" else ""
    if rows:
        head = "".join(f'<th scope="col">{t}</th>' for t in ("Property", "Points", "Expected", "Got"))
        rows = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    parts = [f'<p class="headline">{_mark(result)} {escape(result.headline)}</p>', rows]
    if result.mistake:
        parts.append(f"<p><strong>It looks as if {escape(result.mistake)}.</strong></p>")
    if result.hint:
        parts.append(f"<p><strong>Hint:</strong> {escape(result.hint)}</p>")
    parts += [f"<p>Note: {escape(note)}</p>" for note in result.notes]
    if result.printed:
        parts.append(f"<p>Your function printed (shown once):</p><pre>{escape(result.printed[:300])}</pre>")
    name = escape(f"Check of {result.question}")
    state = "passed" if result.passed else "open"
    box = f'<div class="mlpkit-check" data-state="{state}" role="group" aria-label="{name}">'
    return f"<style>{STYLE}</style>{box}{''.join(parts)}</div>"


def _mark(result):
    sign = "✓" if result.passed else "…" if result.status == "not written yet" else "✗"
    return f'<span aria-hidden="true">{sign}</span>'


def _row(finding):
    points = f"{finding.points:g} of {finding.of:g}"
    expected = got = ""
    if finding.mismatch is not None:
        expected = finding.mismatch.expected
        where = f" at {finding.mismatch.where}" if finding.mismatch.where else ""
        case = f" ({finding.case})" if finding.case else ""
        got = f"{finding.mismatch.got}{where}{case}"
    cells = "".join(f"<td>{escape(text)}</td>" for text in (expected, got))
    name = escape(finding.name)
    return f'<tr><th scope="row">{name}</th><td class="points">{points}</td>{cells}</tr>'
