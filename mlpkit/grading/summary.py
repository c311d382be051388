"""What `mlpkit grade` says before and after a run."""

from collections.abc import Sequence
from pathlib import Path

from mlpkit.exercises.registry import set_of
from mlpkit.grading.judge import Settings
from mlpkit.grading.records import GRADED, NOT_GRADED, Graded
from mlpkit.grading.results.tables import points_of, state, total
from mlpkit.grading.results.visible import in_one_line

MOST = 20  # submissions that are listed by name


def beginning(all_of_them: int, todo: int, settings: Settings, scheduler: str = "") -> str:
    """How many submissions there are, what is graded, and where."""
    sets = ", ".join(dict.fromkeys(set_of(name).split("_")[0] for name in settings.questions))
    again = f", {all_of_them - todo} of them graded already" if todo < all_of_them else ""
    where = f"on {scheduler}" if scheduler else f"sandbox {settings.sandbox}"
    number = f"{all_of_them} submission{'s' if all_of_them != 1 else ''}"
    return f"{number}{again}; {sets}, {len(settings.questions)} questions; {where}"


def summary(records: Sequence[Graded], settings: Settings, folder: Path) -> str:
    """The table at the end: a line per question, and what was not graded."""
    graded = [one for one in records if one.status == GRADED]
    widest = max(len(name) for name in (*settings.questions, "question"))
    lines = ["", f"{'question':{widest}}  {'mean':>5}  {'of':>4}  passed  not written"]
    for name in settings.questions:
        answers = [answer for one in graded if (answer := one.answer(name)) is not None]
        points = [p for one in graded if (p := points_of(one, name)) is not None]
        mean = sum(points) / len(points) if points else 0.0
        of = answers[0].of if answers else 0.0
        passed = sum(answer.status == "passed" for answer in answers)
        empty = sum(answer.status in ("missing", "not written yet") for answer in answers)
        lines.append(f"{name:{widest}}  {mean:5.2f}  {of:4g}  {passed:6d}  {empty:11d}")
    totals = [value for one in records if (value := total(one)) is not None]
    if totals:
        full = max((one.of for one in graded), default=0.0)
        lines.append(f"{'total':{widest}}  {sum(totals) / len(totals):5.2f}  {full:4g}")
    missing = [one for one in records if state(one) == NOT_GRADED]
    lines.append(
        f"\n{len(records) - len(missing)} graded, {len(missing)} not graded; sandbox {settings.sandbox}"
    )
    lines += [f"  {in_one_line(one.student, 40)}: {in_one_line(one.reason, 160)}" for one in missing[:MOST]]
    if len(missing) > MOST:
        lines.append(f"  and {len(missing) - MOST} more: class.html lists them")
    lines.append(
        f"{folder / 'grades.csv'}, {folder / 'class.html'} and a page per student in {folder / 'students'}"
    )
    return "\n".join(lines)
