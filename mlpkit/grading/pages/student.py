"""The page of one student: the points, and for each question what `check` says of it in the notebook."""

from html import escape

from mlpkit.grading.pages.html import MANY, bar, code, document, isolated, points, text
from mlpkit.grading.pages.sections import sections
from mlpkit.grading.records import GRADED, Answer, Graded
from mlpkit.grading.results.tables import NOT_CHECKED, state, total

MADE = "page of a student"
CALL = 4000  # characters of a failing call
STATES = {
    "passed": "passed",
    "not yet right": "not yet right",
    "not written yet": "not written yet",
    "stopped": "stopped at the time limit",
    "missing": "no function of this name was found",
    "not checked": "not graded yet",
}
FAULT = (
    "That is no fault of yours, and it is not a zero: something in the grader or its machine failed. "
    "This question will be graded again."
)


def student_page(record: Graded, title: str = "") -> str:
    """One self-contained HTML page: points, properties, explanation, hint and failing call per question.

    `title` is the exercise's. The points and comments of `record.overrides` are on it. It shows fields of the
    record alone, none of which holds a solution, an expected array or a seed.
    """
    parts = [_head(record, title), *_notices(record)]
    if len(record.answers) > 1:
        parts.append(_overview(record))
    parts += [_question(record, answer, i) for i, answer in enumerate(record.answers)]
    parts += [_by_hand_alone(record, name) for name in _without_answer(record)]
    name = record.name or record.student
    return document(f"{name}: {title or 'results'}", "\n".join(parts), MADE)


def _head(record, title):
    about = [f"Student {isolated(record.student, 120)}"] if record.name else []
    if record.sent:
        when = isolated(record.sent.replace("T", " "), 60)
        about.append(f"handed in {when}{' (late)' if record.late else ''}")
    elif record.late:
        about.append("handed in late")
    if record.files:
        files = ", ".join(isolated(file, 200) for file in record.files[:MANY])
        about.append(f"graded from {files}")
    lines = [
        f'<p class="soft">{text(title or "Results", 200)}</p>',
        f"<h1>{isolated(record.name or record.student, 200)}</h1>",
        f'<p class="soft small">{" · ".join(about)}</p>' if about else "",
        _total(record),
    ]
    return f"<header>{''.join(lines)}</header>"


def _total(record):
    mine, of = total(record), record.of
    if state(record) == "partly graded":
        open_ = [a for a in record.answers if a.status == NOT_CHECKED and record.by_hand(a.question) is None]
        so_far = of - sum(answer.of for answer in open_)
        return (
            f'<p class="total"><strong>{points(record.points)}</strong> of {points(so_far)} points so far</p>'
            f"<p>Not graded yet: {', '.join(code(a.question) for a in open_)}.</p>"
        )
    if mine is None:
        return '<p class="total"><strong>Not graded</strong></p>'
    by_hand = ' <span class="soft">(given by your instructor)</span>' if _total_by_hand(record) else ""
    among = f" of {points(of)}" if of else ""
    chart = bar(mine / of) if of else ""
    return f'<p class="total"><strong>{points(mine)}</strong>{among} points{by_hand}</p>{chart}'


def _total_by_hand(record):
    return record.by_hand("") is not None


def _notices(record):
    """What is about the submission as a whole, each in a box."""
    found = []
    if record.status != GRADED:
        reason = isolated(record.reason) if record.reason else "The reason is not known."
        end = "" if total(record) is not None else " This is not a zero: ask your instructor what to do."
        found.append(f'<div class="notice"><p>This submission was not graded. {reason}{end}</p></div>')
    found += [_comment(one.comment) for one in record.overrides if not one.question and one.comment]
    if record.notes:
        notes = "".join(f"<li>{isolated(note)}</li>" for note in record.notes[:MANY])
        left = len(record.notes) - MANY
        notes += f"<li>and {left} more</li>" if left > 0 else ""
        found.append(
            '<div class="notice"><h2 class="said">Notes on your submission</h2>'
            f'<p><strong>Notes on your submission</strong></p><ul class="plain">{notes}</ul></div>'
        )
    return found


def _comment(comment):
    return (
        '<div class="notice"><p><strong>Comment of your instructor</strong></p>'
        f'<p dir="auto">{text(comment, 5000)}</p></div>'
    )


def _overview(record):
    rows = "".join(
        f'<tr><th scope="row"><a href="#q{i}">{code(answer.question)}</a></th>'
        f"<td>{_mark(record, answer)}{_state(record, answer)}</td>"
        f'<td class="number">{_points_of(record, answer)}</td></tr>'
        for i, answer in enumerate(record.answers)
    )
    head = (
        '<th scope="col">Question</th><th scope="col">Result</th><th scope="col" class="number">Points</th>'
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<h2 class="said">All questions</h2>{table}'


def _question(record, answer: Answer, number):
    passed = _passed(record, answer)
    parts = [
        f'<h2><span>{_mark(record, answer)}{code(answer.question)}</span> <span class="state">'
        f"{_state(record, answer)}, {_points_of(record, answer)} points</span></h2>"
    ]
    if record.by_hand(answer.question) is not None:
        parts.append(
            f'<p class="soft">The points were given by your instructor; automatically: '
            f"{points(answer.points)} of {points(answer.of)}.</p>"
        )
    parts += [_comment(o.comment) for o in record.overrides if o.question == answer.question and o.comment]
    if answer.status == NOT_CHECKED:
        parts.append(f"<p>{FAULT}</p>")
    if answer.rows:
        parts.append(_rows(answer.rows))
    if answer.explanation:
        parts.append(f"<p><strong>{text(answer.explanation)}</strong></p>")
    if answer.hint and answer.status != NOT_CHECKED:
        parts.append(f"<p><strong>Hint:</strong> {text(answer.hint)}</p>")
    if answer.call:
        parts.append(f"<p>A call that fails, to be copied:</p><pre>{text(answer.call, CALL)}</pre>")
    if not passed and answer.status != NOT_CHECKED and (where := sections(answer.question)):
        parts.append(f'<p class="soft">Read again: {escape("; ".join(map(str, where)))}.</p>')
    parts += [f'<p class="small">Note: {isolated(note)}</p>' for note in answer.notes[:MANY]]
    kind = "card passed" if passed else "card"
    return f'<section class="{kind}" id="q{number}">{"".join(parts)}</section>'


def _rows(rows):
    head = '<th scope="col">Property</th><th scope="col" class="number">Points</th>'
    body = "".join(map(_row, rows[:MANY]))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(row):
    good = row.points >= row.of
    sign, kind, said = ("✓", "good", "right: ") if good else ("✗", "bad", "missing: ")
    found = f' <span class="found">{isolated(row.description)}</span>' if row.description else ""
    return (
        f'<tr><th scope="row"><span class="mark {kind}" aria-hidden="true">{sign} </span>'
        f'<span class="said">{said}</span>{text(row.name)}{found}</th>'
        f'<td class="number">{points(row.points)} of {points(row.of)}</td></tr>'
    )


def _passed(record, answer):
    mine = record.points_of(answer.question)
    return answer.status == "passed" or (mine is not None and mine >= answer.of > 0)


def _mark(record, answer):
    waiting = answer.status in (NOT_CHECKED, "not written yet") and record.by_hand(answer.question) is None
    sign = "✓" if _passed(record, answer) else "…" if waiting else "✗"
    kind = {"✓": " good", "✗": " bad"}.get(sign, "")
    return f'<span class="mark{kind}" aria-hidden="true">{sign} </span>'


def _state(record, answer):
    if record.by_hand(answer.question) is not None and answer.status != "passed":
        return "graded by your instructor"
    return STATES.get(answer.status, text(answer.status, 60))


def _points_of(record, answer):
    open_ = answer.status == NOT_CHECKED and record.by_hand(answer.question) is None
    return f"{points(None if open_ else record.points_of(answer.question))} of {points(answer.of)}"


def _without_answer(record):
    """Questions that have points or a comment by hand and no answer."""
    names = dict.fromkeys(one.question for one in record.overrides if one.question)
    return [name for name in names if record.answer(name) is None]


def _by_hand_alone(record, name):
    mine = record.by_hand(name)
    shown = f"graded by your instructor, {points(mine)} points" if mine is not None else "not graded"
    comments = "".join(_comment(o.comment) for o in record.overrides if o.question == name and o.comment)
    head = f'<h2>{code(name)} <span class="state">{shown}</span></h2>'
    return f'<section class="card">{head}{comments}</section>'
