"""The page of a class: what to teach next comes first, then the questions, then what needs a look."""

from collections.abc import Mapping, Sequence
from html import escape
from statistics import median
from urllib.parse import quote

from mlpkit.grading.pages.html import bar, code, document, histogram, isolated, points, text
from mlpkit.grading.pages.names import page_names
from mlpkit.grading.pages.numbers import (
    QuestionNumbers,
    misconceptions,
    not_graded,
    of_question,
    spread,
    unexplained,
)
from mlpkit.grading.pages.sections import sections
from mlpkit.grading.records import Graded
from mlpkit.grading.results.tables import BY_HAND, IN_PART, state, total
from mlpkit.grading.similarity import Group

MADE = "page of a class"
FIRST = 10  # mistakes that are shown at once
LINKS = 4000  # names of students in lists, all lists together: the page stays below a megabyte
REASON = 300
SHORT = {"missing": "without such a function", "stopped": "stopped at the time limit"}


def class_page(
    records: Sequence[Graded],
    questions: Sequence[str],
    title: str = "",
    similar: Sequence[Group] = (),
    problems: Sequence[str] = (),
    pages: Mapping[str, str] | None = None,
) -> str:
    """One self-contained HTML page about all submissions; the points by hand of `record.overrides` count.

    `similar`: groups from `similarity.groups`; `problems`: sentences about `overrides.csv`; `pages`: the file
    of each student's page beside it in `students/`, by default as `write_pages` names them.
    """
    records = sorted(records, key=lambda record: record.student)
    numbers = [of_question(records, name) for name in questions]
    mistakes = misconceptions(records, questions)
    failures = unexplained(records, questions)
    links = _Links(records, page_names([r.student for r in records]) if pages is None else pages)
    links.lists = len(mistakes) + len(failures) + len(similar)
    parts = [
        ("teach", "What to teach next", _mistakes(mistakes, links)),
        ("questions", "Questions", _questions(numbers)),
        ("nobody", "Questions that nobody solved", _nobody(numbers)),
        ("unexplained", "Failures that no known mistake explains", _unexplained(failures, links)),
        ("not-graded", "Not graded", _not_graded(records, links)),
        ("similar", "Equal answers that are improbable", _similar(similar, links)),
        ("overrides", "Rows of overrides.csv that need a look", _problems(problems)),
        ("students", "All submissions", _students(records, links)),
    ]
    shown = [part for part in parts if part[2]]
    toc = "".join(f'<li><a href="#{name}">{heading}</a></li>' for name, heading, _ in shown)
    body = [_head(records, title), f'<nav aria-label="On this page"><ul>{toc}</ul></nav>']
    body += [
        f'<section id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{heading}</h2>'
        f"{content}</section>"
        for name, heading, content in shown
    ]
    return document(f"{title or 'Results'}: the class", "\n".join(body), MADE)


class _Links:
    """Students' names as links to their pages; long lists are cut so that the page stays small."""

    def __init__(self, records, pages):
        self.names = {record.student: record.name for record in records}
        self.pages, self.lists = pages, 0

    def one(self, student):
        page, shown = self.pages.get(student), isolated(student, 60)
        if page is None:
            return shown
        return f'<a href="students/{escape(quote(page))}">{shown}</a>'

    def some(self, students, what="Students"):
        most = max(5, LINKS // max(self.lists, 1))
        items = "".join(f"<li>{self.one(student)}</li>" for student in students[:most])
        left = len(students) - most
        items += f"<li>and {left} more</li>" if left > 0 else ""
        return f'<details><summary>{what} ({len(students)})</summary><ul class="names">{items}</ul></details>'


def _head(records, title):
    totals = [mine for record in records if (mine := total(record)) is not None]
    states = [state(record) for record in records]
    of = max((record.of for record in records), default=0.0)
    figures = [(str(len(records)), "submissions"), (str(len(totals)), "graded")]
    figures += [(str(n), name) for name in (IN_PART, "not graded") if (n := states.count(name))]
    if n := states.count(BY_HAND):
        figures.append((str(n), "of them by hand"))
    if totals:
        figures.append((f"{sum(totals) / len(totals):.3g} of {points(of)}", "points on average"))
        figures.append((points(median(totals)), "median"))
    items = "".join(
        f'<li><strong>{number}</strong> <span class="soft">{name}</span></li>' for number, name in figures
    )
    chart = ""
    if totals and of:
        counts, labels = spread([mine / of * 100 for mine in totals], 100)
        drawn = histogram(
            list(counts), [f"{label} %" for label in labels], "Total points in per cent, students"
        )
        chart = f'<p class="soft small">Total points in per cent of all</p><div class="chart">{drawn}</div>'
    return (
        f'<header><p class="soft">Results of the class</p><h1>{text(title or "Results", 200)}</h1>'
        f'<ul class="figures">{items}</ul>{chart}</header>'
    )


def _mistakes(mistakes, links):
    if not mistakes:
        return "<p>No known mistake was found.</p>"
    first, rest = mistakes[:FIRST], mistakes[FIRST:]
    parts = ["<p>Known mistakes, the most frequent first, in the words that the students read.</p>"]
    parts += [f'<ol class="ranked">{"".join(_mistake(one, links) for one in first)}</ol>']
    if rest:
        inside = "".join(_mistake(one, links) for one in rest)
        summary = f"<summary>Further mistakes ({len(rest)})</summary>"
        parts.append(f'<details>{summary}<ol class="ranked">{inside}</ol></details>')
    return "".join(parts)


def _mistake(cause, links):
    where = "; ".join(map(str, sections(cause.question)))
    lines = [
        f"<p>{code(cause.question)}: <strong>{text(cause.text, 400)}</strong></p>",
        f"<p>Hint: {text(cause.hint, 600)}</p>" if cause.hint else "",
        f'<p class="soft">Treated in {escape(where)}</p>' if where else "",
        links.some(cause.students),
    ]
    return f"<li>{_count(cause)}<div>{''.join(lines)}</div></li>"


def _count(cause):
    share = len(cause.students) / cause.among if cause.among else 0.0
    return f'<div class="count"><strong>{len(cause.students)}</strong> of {cause.among}{bar(share)}</div>'


def _questions(numbers: list[QuestionNumbers]):
    titles = ["Question", "Passed", "Mean", "Distribution of points", "Not passed because"]
    kinds = ["", ' class="number"', ' class="number"', "", ""]
    head = "".join(f'<th scope="col"{k}>{t}</th>' for t, k in zip(titles, kinds, strict=True))
    rows = "".join(_question(one) for one in numbers)
    return (
        '<div class="wide" tabindex="0" role="region" aria-label="Table of questions"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _question(one):
    name = f'<th scope="row">{code(one.question)}</th>'
    if not one.graded:
        return f'<tr>{name}<td colspan="4" class="soft">not graded in any submission</td></tr>'
    share = f'{one.passed} of {one.graded}<br><span class="soft">{one.passed / one.graded:.0%}</span>'
    mean = f'{one.mean:.3g}<br><span class="soft">of {points(one.of)}</span>'
    drawn = histogram(list(one.counts), list(one.labels), f"Points for {one.question}, students")
    why = [f"{n} {SHORT.get(status, status)}" for status, n in one.states.most_common() if status != "passed"]
    return (
        f'<tr>{name}<td class="number">{share}</td><td class="number">{mean}</td>'
        f'<td><div class="chart">{drawn}</div></td><td class="small">{"<br>".join(map(text, why))}</td></tr>'
    )


def _nobody(numbers):
    items = "".join(
        f"<li>{code(one.question)}: {one.graded} graded, {one.mean:.3g} of {points(one.of)} points on average"
        f"{''.join(f'; {escape(str(where))}' for where in sections(one.question))}</li>"
        for one in numbers
        if one.graded and not one.passed
    )
    return f'<ul class="plain">{items}</ul>' if items else ""


def _unexplained(failures, links):
    if not failures:
        return ""
    items = "".join(_failure(one, links) for one in failures[:FIRST])
    left = len(failures) - FIRST
    more = f'<p class="soft">And {left} more, each at fewer students.</p>' if left > 0 else ""
    return (
        "<p>The properties that are missing, and what was said to most of these students.</p>"
        f'<ol class="ranked">{items}</ol>{more}'
    )


def _failure(cause, links):
    said = f'<p class="soft">{text(cause.hint, 400)}</p>' if cause.hint else ""
    what = f"<p>{code(cause.question)}: {text(cause.text, 400)}</p>"
    return f"<li>{_count(cause)}<div>{what}{said}{links.some(cause.students)}</div></li>"


def _not_graded(records, links):
    lost = not_graded(records)
    parts = []
    if lost:
        rows = "".join(
            f'<tr><th scope="row">{links.one(one.student)}</th>'
            f"<td>{isolated(one.reason or 'The reason is not known.', REASON)}</td><td>{state(one)}</td></tr>"
            for one in lost
        )
        head = "".join(f'<th scope="col">{name}</th>' for name in ("Student", "Why", "Now"))
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
        parts.append(
            "<p>They have no points, not zero points. Run the same command again to try once more; "
            "a row in <code>overrides.csv</code> gives points by hand.</p>"
        )
    if partly := [one.student for one in records if state(one) == IN_PART]:
        parts.append("<p>Some questions of these submissions were not graded:</p>")
        parts.append(links.some(partly))
    return "".join(parts)


def _similar(similar, links):
    if not similar:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{", ".join(map(links.one, group.students[:40]))}'
        f"{f' and {len(group.students) - 40} more' if len(group.students) > 40 else ''}</th>"
        f"<td>{', '.join(code(q) for q in group.questions or group.shared)}"
        f"{'' if group.questions else ' (not all of them in all questions)'}</td></tr>"
        for group in similar
    )
    head = '<th scope="col">Submissions</th><th scope="col">Equal but for names and layout</th>'
    return (
        "<p>Look at these side by side. Short answers are often equal by chance, and common ones do not "
        "count here; still this is a reason to look and no proof.</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _problems(problems):
    if not problems:
        return ""
    items = "".join(f"<li>{isolated(problem, 500)}</li>" for problem in problems[:200])
    left = len(problems) - 200
    items += f"<li>and {left} more</li>" if left > 0 else ""
    return f'<ul class="plain">{items}</ul>'


def _students(records, links):
    if not records:
        return "<p>There are none.</p>"
    named = any(record.name for record in records)
    titles = ["Student", *(["Name"] if named else []), "Points", "Result"]
    head = "".join(f'<th scope="col"{_number(t)}>{t}</th>' for t in titles)
    rows = "".join(_student(record, links, named) for record in records)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _student(record, links, named):
    late = ", late" if record.late else ""
    name = f"<td>{isolated(record.name, 80)}</td>" if named else ""
    return (
        f'<tr><th scope="row">{links.one(record.student)}</th>{name}'
        f'<td class="number">{points(total(record))}</td><td>{state(record)}{late}</td></tr>'
    )


def _number(title):
    return ' class="number"' if title == "Points" else ""
