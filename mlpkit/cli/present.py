"""`mlpkit present`: a lecture in JupyterLab's slides mode, figures live, speaker's notes in a window."""

import importlib.util
import webbrowser

from mlpkit.cli.advice import install_advice
from mlpkit.cli.checkout import find_checkout, find_lecture, merged_environment
from mlpkit.cli.checkup import kernel_row
from mlpkit.cli.errors import CommandError
from mlpkit.cli.lab import check_port, exec_command, has_screen, lab_command, port_number

__all__ = ["add_arguments", "present_command", "run"]


def add_arguments(parser):
    """The options of `mlpkit present`."""
    parser.add_argument("lecture", help="a lecture, such as 07")
    parser.add_argument("--plan", action="store_true", help="print the running order with times, and stop")
    parser.add_argument(
        "--fallback", action="store_true", help="one page without a kernel, should JupyterLab's slides fail"
    )
    parser.add_argument("--port", type=port_number, help="the port; without it the first free one")
    parser.add_argument("--no-browser", action="store_true", help="only print the addresses")
    parser.add_argument("--no-tune", action="store_true", help="leave the websocket as it is")


def run(args):
    """Print the plan, or present; ends with Ctrl-C."""
    check_combination(args)
    checkout = find_checkout()
    lecture = find_lecture(args.lecture, checkout)
    deck = deck_of(lecture)
    if args.plan:
        from mlpkit.present.plan import plan

        print(plan(deck))
        return 0
    if args.port:
        check_port(args.port)
    windows = not args.no_browser and has_browser()
    folder = checkout / ".jupyter" / "present"
    if args.fallback:
        check_packages([("latex2mathml", "latex2mathml"), ("mistune", "mistune"), ("pygments", "pygments")])
        from mlpkit.present.fallback import serve

        return serve(lecture, folder, args.port, windows)
    check_installation()
    command, variables = present_command(lecture, folder, args.port, windows, tune=not args.no_tune)
    return exec_command(command, merged_environment(checkout / ".jupyter") | variables)


def deck_of(lecture):
    """The slides of a lecture; CommandError for a file that is not a notebook, or that has none."""
    from mlpkit.present.deck import read_deck

    try:
        deck = read_deck(lecture)
    except ValueError as error:
        raise CommandError(f"{error}; take a fresh copy of the lecture") from error
    if not deck.slides:
        raise CommandError(f"{lecture.name} has no cell that is shown as a slide; take a fresh copy of it")
    return deck


def check_combination(args):
    """CommandError, wrong use, for an option that would have no effect beside another one."""
    options = {"--fallback": args.fallback, "--port": args.port, "--no-tune": args.no_tune}
    given = [name for name, value in options.items() if value]
    if args.plan and given:
        raise CommandError(f"--plan prints the running order and stops: leave out {', '.join(given)}", code=2)
    if args.fallback and args.no_tune:
        raise CommandError("--fallback uses no websocket: leave out --no-tune", code=2)


def present_command(lecture, folder, port=None, windows=True, tune=True):
    """Prepare `folder` to present a lecture -> the command that starts JupyterLab, and variables for it."""
    from mlpkit.present.server import LECTURE, WINDOWS
    from mlpkit.present.workspace import EXTENSIONS, prepare, workspace_variables

    copy = prepare(folder, lecture)
    command = lab_command(copy.parent, copy, port, browser=windows, tune=tune)
    command += [
        "--ServerApp.jpserver_extensions=mlpkit.present.server=True",
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
    ]
    return command, workspace_variables(folder) | {LECTURE: str(copy), WINDOWS: "1" if windows else "0"}


def check_installation():
    """CommandError when JupyterLab, its slides mode or the kernel are missing."""
    slides = "JupyterLab's slides mode (jupyterlab-deck)"
    needed = [("jupyterlab", "JupyterLab"), ("jupyterlab_deck", slides), ("latex2mathml", "latex2mathml")]
    check_packages([*needed, ("mistune", "mistune")])
    kernel = kernel_row()
    if kernel.state != "ok":
        raise CommandError(f"the {kernel.name} cannot run the lecture (found: {kernel.found}); {kernel.how}")


def check_packages(needed):
    """CommandError when one of these (module, name for the reader) is not installed."""
    missing = [name for module, name in needed if importlib.util.find_spec(module) is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise CommandError(
            f"{' and '.join(missing)} {verb} not installed here; run {install_advice('present')}"
        )


def has_browser():
    """Whether a window can be opened; says in one sentence what to do where it cannot."""
    try:
        webbrowser.get()
        found = has_screen()
    except webbrowser.Error:
        found = False
    if not found:
        print(
            "No browser can be opened here: open the addresses below by hand.",
            flush=True,
        )
    return found
