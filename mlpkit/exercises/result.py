"""What `check` answers: points by property, the misconception, the hint; as text and as HTML."""

from dataclasses import dataclass, replace
from html import escape

from mlpkit._moved import warn_of_new_name
from mlpkit.exercises.records import Mismatch


@dataclass(frozen=True)
class Finding:
    """One property: its points, and what is wrong where it got none; `call` shows that, to be copied."""

    name: str
    points: float
    of: float
    mismatch: Mismatch | None = None
    case: str = ""
    advice: str = ""
    call: str = ""

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
    """The answer to one function: `.passed .score .max_score .misconception .relation .hint`, its findings.

    `status` is "checked", "not written yet", "stopped" (after 5 s) or "not checked" (a fault of mlpkit's).
    `misconception`: the id of a known mistake, `mistake` its words; `relation`: where none fits, a fact about
    the results; `more`: something else is wrong as well; `explained`: the hint itself says what is wrong;
    `further`: hints for the next times. Shown as HTML in a notebook; `print` gives the same as text.
    """

    question: str
    status: str
    findings: tuple[Finding, ...]
    misconception: str | None = None
    mistake: str = ""
    relation: str | None = None
    hint: str = ""
    more: bool = False
    explained: bool = False
    further: tuple[str, ...] = ()
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

    def diagnosed(self, **diagnosis) -> "CheckResult":
        """The same result with its diagnosis: `misconception`, `mistake`, `relation`, `hint`, …"""
        return replace(self, **diagnosis)

    def again(self, times: int) -> "CheckResult":
        """The same with a further hint, when the same mistake was made `times` times before."""
        if not times or self.passed or not self.further:
            return self
        return replace(self, hint=f"{self.hint} {self.further[min(times, len(self.further)) - 1]}")

    @property
    def explanation(self) -> str:
        """What is wrong in one sentence, or nothing."""
        more = ", and something else is wrong as well" if self.more else ""
        if self.mistake:
            return f"It looks as if {self.mistake}{more}."
        return f"{self.relation}{more}." if self.relation else ""

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """The failing calls, each once: (the names of the properties that it fails, the call as code)."""
        found: dict[str, list[str]] = {}
        for finding in self.findings:
            if finding.call:
                found.setdefault(finding.call, []).append(finding.name)
        return tuple((", ".join(names), call) for call, names in found.items())

    @property
    def headline(self) -> str:
        """The result in one line."""
        points = f"{self.score:g} of {self.max_score:g} points"
        if self.status == "not written yet":
            return f"{self.question}: not written yet"
        if self.status == "not checked":
            return f"{self.question}: not checked"
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
        for names, finding, points, of in rows(self):
            mark = "✓" if finding.points else "✗"
            lines.append(f"  {mark} {names} ({points:g} of {of:g}) {finding.description}".rstrip())
        if self.explanation:
            lines.append(f"  {self.explanation}")
        if self.hint:
            lines.append(f"  Hint: {self.hint}")
        for names, call in self.calls:
            lines.append(f"  A call that fails ({names}):")
            lines += [f"    {line}" for line in call.splitlines()]
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


def rows(result: CheckResult) -> list[tuple[str, Finding, float, float]]:
    """One row per fact: (names, a finding, points, of); what has the same cause stands in one row."""
    if result.status not in ("checked", "stopped"):
        return []
    found: dict[object, list[Finding]] = {}
    for i, finding in enumerate(result.findings):
        cause = (finding.mismatch.got, finding.mismatch.where) if finding.mismatch else i
        found.setdefault(cause, []).append(finding)
    return [
        (", ".join(f.name for f in some), some[0], sum(f.points for f in some), sum(f.of for f in some))
        for some in found.values()
    ]


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
.mlpkit-check .said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
.mlpkit-check details{margin:.35em 0}
.mlpkit-check summary{cursor:pointer}
.mlpkit-check p,.mlpkit-progress p{margin:.35em 0}
.mlpkit-check pre{white-space:pre-wrap;overflow-wrap:anywhere;
margin:.2em 0;background:transparent;color:inherit}
"""


def page(result: CheckResult) -> str:
    """The result as HTML in the notebook's own colours; a mark is a sign and never a colour alone."""
    parts = [f'<p class="headline">{_mark(result)} {escape(result.headline)}</p>', _table(result)]
    if result.explanation:
        parts.append(f"<p><strong>{escape(result.explanation)}</strong></p>")
    if result.hint:
        parts.append(f"<p><strong>Hint:</strong> {escape(result.hint)}</p>")
    for i, (names, call) in enumerate(result.calls):
        opened = "" if i else " open"
        title = f"<summary>A call that fails, to be copied ({escape(names)})</summary>"
        parts.append(f"<details{opened}>{title}<pre>{escape(call)}</pre></details>")
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


def _table(result):
    """One row per fact; the columns Expected and Got where something is missing."""
    facts = rows(result)
    if not facts:
        return ""
    titles = ["Property", "Points"]
    if any(finding.mismatch for _, finding, _, _ in facts):
        titles += ["Expected", "Got"]
    head = "".join(f'<th scope="col">{t}</th>' for t in titles)
    body = "".join(_row(*fact, len(titles) > 2) for fact in facts)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(names, finding, points, of, with_mismatch):
    sign, said = ("✓", "right: ") if finding.points else ("✗", "missing: ")
    mark = f'<span aria-hidden="true">{sign} </span><span class="said">{said}</span>'
    cells = [f'<td class="points">{points:g} of {of:g}</td>']
    if with_mismatch and finding.mismatch is None:
        cells.append('<td colspan="2"></td>')
    elif with_mismatch:
        where = f" at {finding.mismatch.where}" if finding.mismatch.where else ""
        case = f" ({finding.case})" if finding.case else ""
        cells += [
            f"<td>{escape(text)}</td>"
            for text in (finding.mismatch.expected, f"{finding.mismatch.got}{where}{case}")
        ]
    return f'<tr><th scope="row">{mark}{escape(names)}</th>{"".join(cells)}</tr>'
