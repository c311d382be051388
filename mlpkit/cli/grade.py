"""`mlpkit grade`: points and pages for a whole class, from notebooks that nobody has looked at."""

import argparse
import sys
from pathlib import Path

from mlpkit.cli.errors import CommandError

KEY = "class-key.txt"


def add_arguments(parser):
    """What is graded, how, and for which other systems."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _rules()
    parser.add_argument("submissions", nargs="*", type=Path, help="notebooks, folders, zips")
    parser.add_argument("-o", "--output", type=Path, help="folder for the results (default: results)")
    what = parser.add_argument_group("what is graded")
    what.add_argument(
        "--set", action="extend", type=names, metavar="EX,…", help="sets: ex05 (default: found out)"
    )
    what.add_argument(
        "--question",
        action="extend",
        type=names,
        metavar="NAME,…",
        help="these only; graded again where they were",
    )
    what.add_argument("--all", action="store_true", help="grade again what has not changed as well")
    what.add_argument(
        "--seeds", type=count, default=1, metavar="N", help="private sets of numbers (default: 1)"
    )
    what.add_argument("--key", type=Path, help=f"file with the class's key (default: {KEY} in the results)")
    how = parser.add_argument_group("how")
    how.add_argument("--workers", type=positive, metavar="N", help="processes (default: one per processor)")
    how.add_argument("--sandbox", choices=["auto", "bubblewrap", "wasm"], default="auto")
    how.add_argument(
        "--unsafe-no-sandbox",
        action="store_true",
        help="run submissions with your own rights: each can read and change your files, use the network, "
        "and see the answers",
    )
    how.add_argument("--scheduler", metavar="ADDRESS", help="grade on a Dask cluster: tcp://host:8786")
    how.add_argument("--quiet", action="store_true", help="say nothing but errors")
    others = parser.add_argument_group("other systems")
    others.add_argument("--roster", type=Path, help="a grade file that Canvas or Moodle has exported")
    others.add_argument("--assignment", help="the column of the points in Canvas's grade file")
    others.add_argument(
        "--diff", nargs=2, type=Path, metavar=("OLD", "NEW"), help="compare two results folders"
    )
    others.add_argument("--gradescope-zip", metavar="EX", help="write the autograder for Gradescope: ex05")
    others.add_argument(
        "--nbgrader", nargs=2, metavar=("COURSE", "ASSIGNMENT"), help="grade submitted/ of an nbgrader course"
    )


def _rules():
    from mlpkit.grading.submissions import RULES

    return RULES


def names(text):
    """Words between commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def positive(text):
    """A number from 1 on."""
    if text.isdecimal() and int(text):
        return int(text)
    raise argparse.ArgumentTypeError(f"a number from 1 on is needed, not {text!r}")


def count(text):
    """A number from 0 on."""
    if text.isdecimal() and int(text) <= 20:
        return int(text)
    raise argparse.ArgumentTypeError(f"a number from 0 to 20 is needed, not {text!r}")


def run(args) -> int:
    """Grade, compare, or write an autograder; 1 where something was not graded or differs."""
    from mlpkit.grading.errors import OtherSystemError
    from mlpkit.grading.results import ResultsError
    from mlpkit.grading.sandboxes import SandboxError

    try:
        if args.diff:
            return _diff(args)
        if args.gradescope_zip:
            return _gradescope(args)
        if args.nbgrader:
            return _nbgrader(args)
        if not args.submissions:
            raise CommandError(
                "name the notebooks, folders or zips to be graded; mlpkit grade --help", code=2
            )
        return _grade(args)
    except OtherSystemError as problem:
        raise CommandError(_with_advice(problem)) from problem
    except (ResultsError, SandboxError) as problem:
        raise CommandError(str(problem)) from problem


def _with_advice(problem):
    if not problem.extra:
        return str(problem)
    from mlpkit.cli.advice import install_advice

    return f"{problem}: {install_advice(problem.extra)}"


def _diff(args):
    from mlpkit.grading.results import differences

    found = differences(*args.diff)
    print(found)
    return 1 if found else 0


def _gradescope(args):
    from mlpkit.grading.gradescope import write_zip
    from mlpkit.grading.seeds import key_of

    name = _set_named(args.gradescope_zip)
    place = args.output or Path(f"{name}-gradescope.zip")
    try:
        key = key_of(args.key) if args.key and args.seeds else ""
        write_zip(name, place, key, args.seeds)
    except (OSError, ValueError) as problem:
        raise CommandError(f"{place}: {problem}") from problem
    numbers = "" if key else "; with --key FILE it tries answers on private numbers as well"
    _say(args, f"{place} written: upload it at Gradescope, Configure Autograder{numbers}")
    return 0


def _nbgrader(args):
    from mlpkit.grading.nbgrader import grade_course

    course, assignment = args.nbgrader
    args.output = args.output or Path("results") / Path(assignment).name

    def grade(submissions, questions):
        from mlpkit.exercises.registry import set_of

        args.set = args.set or list(dict.fromkeys(map(set_of, questions)))
        return grade_submissions(submissions, args)

    return grade_course(Path(course), assignment, grade, say=lambda text: _say(args, text))


def _grade(args):
    from mlpkit.grading.submissions import read

    try:
        submissions = read(args.submissions)
    except ValueError as problem:
        raise CommandError(str(problem), code=2) from problem
    records = grade_submissions(submissions, args)
    return 1 if any(record.status != "graded" for record in records) else 0


def grade_submissions(submissions, args):
    """Grade, write results and pages, print the summary -> the records."""
    from mlpkit.grading import batch
    from mlpkit.grading.journal import Journal
    from mlpkit.grading.progress import Progress

    folder = args.output or Path("results")
    with Journal(folder) as journal:
        settings = _settings(args, submissions, folder, journal.known)
        bar = Progress(len(submissions), args.quiet)
        force = settings.questions if args.all else tuple(args.question or ())
        todo = [
            one for one in submissions if batch.stale(journal.known.get(one.student), one, settings, force)
        ]
        bar.total = len(todo)
        _say(args, _beginning(submissions, todo, settings, args))
        workers = args.workers or _processors()
        runner = None
        if args.scheduler:
            from mlpkit.grading.distributed import on_cluster

            runner = on_cluster(args.scheduler)
        try:
            records = batch.run(submissions, settings, journal, workers, force, bar.add, runner)
        except KeyboardInterrupt:
            bar.end()
            raise CommandError(
                f"stopped; {bar.done} of {bar.total} are graded and kept in {folder}: run the same command "
                "again to go on"
            ) from None
        bar.end()
        records = _written(records, settings, folder, args)
        journal.finish()
    _say(args, _summary(records, settings, folder))
    return records


def _written(records, settings, folder, args):
    """Tables, pages and the other system's file; problems on the way are said."""
    from mlpkit.grading import pages, results

    rows, problems = results.read_overrides(folder)
    records, more = results.apply(records, rows, settings.questions)
    results.write(folder, records, settings.questions)
    pages.write_pages(folder, records, settings.questions)
    for problem in (*problems, *more):
        print(f"mlpkit grade: {problem}", file=sys.stderr)
    if args.roster:
        from mlpkit.grading import rosters

        _say(args, str(rosters.write(args.roster, records, folder, assignment=args.assignment)))
    return records


def _say(args, text):
    if not args.quiet:
        print(text)


def _processors():
    import os

    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 16)


def _set_named(text):
    from mlpkit.exercises.registry import set_names

    found = [name for name in set_names() if name == text or name.split("_")[0] == text]
    if not found:
        raise CommandError(f"there is no set {text!r}; the sets are {', '.join(set_names())}", code=2)
    return found[0]


def _settings(args, submissions, folder, known):
    """Questions, seeds and sandbox of this run."""
    from mlpkit.grading import sandboxes
    from mlpkit.grading.judge import Settings
    from mlpkit.grading.seeds import class_seeds, key_of

    questions = _questions(args, submissions, known)
    if args.unsafe_no_sandbox:
        print(f"mlpkit grade: no sandbox: {sandboxes.RISK}", file=sys.stderr)
        sandbox = "none"
    elif args.scheduler:
        from mlpkit.grading.distributed import sandbox_of

        sandbox = sandbox_of(args.scheduler) if args.sandbox == "auto" else args.sandbox
    else:
        sandbox = sandboxes.choose() if args.sandbox == "auto" else args.sandbox
        if problem := sandboxes.faults().get(sandbox):
            raise CommandError(problem)
    try:
        seeds = class_seeds(key_of(args.key or folder / KEY), args.seeds) if args.seeds else (0,)
    except (OSError, ValueError) as problem:
        raise CommandError(f"the class key: {problem}") from problem
    return Settings(questions, seeds, sandbox=sandbox)


def _questions(args, submissions, known):
    """The columns: of the named sets; of the named questions; of the last run; or as the submissions say."""
    from mlpkit.exercises.registry import exercise_set, questions
    from mlpkit.grading.batch import sets_in

    if unknown := [name for name in args.question or () if name not in questions()]:
        from mlpkit._checks import look_up

        try:
            look_up("question", unknown[0], questions())
        except ValueError as problem:
            raise CommandError(str(problem), code=2) from problem
    if args.set:
        names = [one.name for text in args.set for one in exercise_set(_set_named(text)).questions]
        if args.question:
            names = [name for name in names if name in args.question]
        if not names:
            raise CommandError("none of these questions is in these sets", code=2)
        return tuple(dict.fromkeys(names))
    if args.question:
        before = next((one.answers for one in known.values() if one.answers), ())
        return tuple(dict.fromkeys([*(answer.question for answer in before), *args.question]))
    found = sets_in(submissions)
    if not found:
        raise CommandError(
            "no submission defines a function that the exercises ask for: name the set, --set ex05", code=2
        )
    return tuple(one.name for name in found for one in exercise_set(name).questions)


def _beginning(submissions, todo, settings, args):
    from mlpkit.exercises.registry import set_of

    sets = ", ".join(dict.fromkeys(set_of(name).split("_")[0] for name in settings.questions))
    known = len(submissions) - len(todo)
    again = f", {known} of them graded already" if known else ""
    where = f"on {args.scheduler}" if args.scheduler else f"sandbox {settings.sandbox}"
    return f"{len(submissions)} submissions{again}; {sets}, {len(settings.questions)} questions; {where}"


def _summary(records, settings, folder):
    """The table at the end: a line a question, and what was not graded."""
    from mlpkit.grading.results.tables import points_of, state, total

    graded = [one for one in records if one.status == "graded"]
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
    missing = [one for one in records if state(one) == "not graded"]
    lines.append(
        f"\n{len(records) - len(missing)} graded, {len(missing)} not graded; sandbox {settings.sandbox}"
    )
    lines += [f"  {one.student:.40}: {one.reason:.160}" for one in missing[:20]]
    if len(missing) > 20:
        lines.append(f"  and {len(missing) - 20} more: class.html lists them")
    lines.append(
        f"{folder / 'grades.csv'}, {folder / 'class.html'} and a page per student in {folder / 'students'}"
    )
    return "\n".join(lines)
