"""The command line of the course. Each sub-command is a module that is imported only when it is asked for.

Such a module has `add_arguments(parser)` and `run(args) -> int`. Exit codes: 0 fine, 1 the work found
failures, 2 wrong use.
"""

import argparse
import importlib
import os
import sys

import mlpkit
from mlpkit.cli.errors import CommandError

COMMANDS = {
    "lab": "open the course in JupyterLab",
    "present": "present a lecture as slides with live figures",
    "doctor": "tell what is missing on this machine and how to get it",
    "lectures": "run the lectures and store their outputs",
    "grade": "grade the submissions of a class",
    "exercises": "build students' notebooks from the masters",
}


def parser_for(argv):
    """The parser for this command line: only the sub-command that it names has its options filled in."""
    parser = argparse.ArgumentParser(prog="mlpkit", description=(mlpkit.__doc__ or "").split("\n")[0])
    parser.add_argument("-V", "--version", action="version", version=f"mlpkit {mlpkit.__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="command", required=True)
    named = next((word for word in argv if word in COMMANDS), None)
    for name, purpose in COMMANDS.items():
        subparser = subparsers.add_parser(
            name, help=purpose, description=purpose[0].upper() + purpose[1:] + "."
        )
        if name == named:
            module = importlib.import_module(f"mlpkit.cli.{name}")
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
    return parser


def main(argv=None):
    """Run one command, argv as in sys.argv[1:] -> exit code; argparse itself exits with 2 on wrong use."""
    argv = sys.argv[1:] if argv is None else list(argv)
    args = parser_for(argv).parse_args(argv)
    try:
        code = args.run(args)
        sys.stdout.flush()
        return code
    except CommandError as problem:
        print(f"mlpkit {args.command}: {problem}", file=sys.stderr)
        return problem.code
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of the output has gone, as `head` does; the rest has nobody to go to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
