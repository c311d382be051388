"""`mlpkit exercises build`: the students' notebooks from the masters, by nbgrader's own steps."""

import argparse
import sys
from pathlib import Path


def add_arguments(parser):
    """The one action there is, and its options."""
    actions = parser.add_subparsers(dest="action", metavar="action", required=True)
    build = actions.add_parser("build", help="make the students' notebooks from the masters")
    build.add_argument("masters", nargs="*", type=Path, help="masters to build from (default: all)")
    build.add_argument("--seed", type=seed, default=0, help="numbers of their own for a class (default: 0)")
    build.add_argument(
        "--to", type=Path, help="folder for the students' notebooks (default: exercises/student)"
    )
    build.add_argument(
        "--course", type=Path, help="write the masters and a configuration into this nbgrader course instead"
    )
    build.add_argument("--quiet", action="store_true", help="say nothing but errors")


def seed(text):
    """A seed from the command line: an integer from 0 on."""
    if text.isdecimal():
        return int(text)
    raise argparse.ArgumentTypeError(f"a seed is an integer from 0 on, not {text!r}")


def run(args) -> int:
    """Build each notebook; 1 where a master is not in order, 2 where there is none."""
    from mlpkit.cli.advice import install_advice
    from mlpkit.cli.checkout import find_checkout
    from mlpkit.cli.errors import CommandError
    from mlpkit.exercises.building import build

    folder = find_checkout() / "exercises"
    if args.to and args.course:
        raise CommandError("--to and --course are two places: name one of them", code=2)
    if args.seed and not (args.to or args.course):
        raise CommandError("a class's own seed goes into a folder of its own: add --to or --course", code=2)
    masters = args.masters or sorted((folder / "masters").glob("ex*.ipynb"))
    failed = 0
    for path in masters:
        if not path.is_file():
            raise CommandError(f"{path}: there is no such notebook", code=2)
        try:
            master, student = build(path, args.seed)
        except ModuleNotFoundError as error:
            how = install_advice("instructor")
            raise CommandError(f"{error.name} is not installed here; run {how}") from None
        except ValueError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            failed += 1
            continue
        for place, text in _files(path, master, student, folder, args):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
            if not args.quiet and place.name == path.name:  # the lectures beside it are not named each time
                print(f"{path.name}: {place} written")
    if not (args.to or args.course or args.masters or failed):
        from mlpkit.grading.pages import sections

        sections.write(folder / "masters", folder.parent)
    if args.course:
        from mlpkit.exercises.course import configure

        done = configure(args.course)
        if not args.quiet:
            print(done)
    return 1 if failed else 0


def _files(path, master, student, folder, args):
    """Which files to write: (path, text) each. Only the course's own seed goes back into its masters."""
    from mlpkit.exercises.course import assignment

    if args.course:
        return assignment(args.course, path.stem, master, folder.parent / "lectures")
    if args.to:
        return [(args.to / path.name, student)]
    return [(path, master), (folder / "student" / path.name, student)]
