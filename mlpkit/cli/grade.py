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
        "--column",
        action="append",
        type=column,
        metavar="KEY=NAME",
        help="what it calls a column: grade=Nota",
    )
    others.add_argument("--scale", action="store_true", help="points as a share of the platform's maximum")
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


def column(text):
    """KEY=NAME with a key that is known."""
    from mlpkit.grading.rosters import COLUMNS

    key, equals, name = text.partition("=")
    if equals and key in COLUMNS and name:
        return text
    raise argparse.ArgumentTypeError(f"KEY=NAME with one of {', '.join(COLUMNS)}, not {text!r}")


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
    from mlpkit.grading.rosters import RosterError
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
    except (ResultsError, RosterError, SandboxError) as problem:
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
    from mlpkit.grading.summary import beginning, summary

    folder = args.output or Path("results")
    if args.roster:
        from mlpkit.grading import rosters

        rosters.check(args.roster, args.assignment, _columns(args))
    with Journal(folder) as journal:
        settings = _settings(args, submissions, folder, journal.known)
        bar = Progress(len(submissions), args.quiet)
        force = settings.questions if args.all else tuple(args.question or ())
        todo = [
            one for one in submissions if batch.stale(journal.known.get(one.student), one, settings, force)
        ]
        bar.total = len(todo)
        _say(args, beginning(len(submissions), len(todo), settings, args.scheduler or ""))
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
    _say(args, summary(records, settings, folder))
    return records


def _written(records, settings, folder, args):
    """Tables, pages and the other system's file; problems on the way are said."""
    from mlpkit.exercises.registry import exercise_set, set_of
    from mlpkit.grading import pages, results

    rows, problems = results.read_overrides(folder)
    records, more = results.apply(records, rows, settings.questions)
    results.write(folder, records, settings.questions)
    sets = dict.fromkeys(map(set_of, settings.questions))
    title = ", ".join(exercise_set(name).title for name in sets)
    pages.write_pages(folder, records, settings.questions, title, (*problems, *more))
    for problem in (*problems, *more):
        print(f"mlpkit grade: {problem}", file=sys.stderr)
    if args.roster:
        from mlpkit.grading import rosters

        report = rosters.write(
            args.roster, records, folder, args.assignment, scale=args.scale, columns=_columns(args)
        )
        _say(args, str(report))
    return records


def _columns(args):
    """What the roster calls its columns: ["grade=Nota"] -> {"grade": "Nota"}."""
    return dict(pair.split("=", 1) for pair in args.column or ())


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
