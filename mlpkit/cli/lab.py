"""`mlpkit lab`: JupyterLab on the course, with all that it writes kept in the checkout's `.jupyter`."""

import argparse
import errno
import importlib.util
import os
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from mlpkit.cli.advice import install_advice
from mlpkit.cli.checkout import find_checkout, find_lecture, jupyter_environment, merged_environment
from mlpkit.cli.copies import NAME, copy_notebooks, copy_of
from mlpkit.cli.errors import CommandError

__all__ = ["add_arguments", "decline_news", "hide_grading_tools", "jupyter_environment", "lab_command", "run"]

FIRST_PORT = 8888


def add_arguments(parser):
    """The options of `mlpkit lab`."""
    parser.add_argument("notebook", nargs="?", help="a lecture to open, such as 07; 00_start_here without it")
    parser.add_argument(
        "--copy",
        action="store_true",
        help="open your own copy in the folder `mine`, made where it is missing",
    )
    parser.add_argument(
        "--port", type=port_number, help=f"the port; without it the first free one from {FIRST_PORT}"
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--no-tune", action="store_true", help="leave the websocket as it is")


def port_number(text):
    """A port from the command line: 1-65535."""
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")


def run(args):
    """Become JupyterLab; ends with Ctrl-C."""
    checkout = find_checkout()
    lecture = find_lecture(args.notebook, checkout)
    if importlib.util.find_spec("jupyterlab") is None:
        raise CommandError(f"JupyterLab is not installed here; run {install_advice()}")
    if args.port:
        check_port(args.port)
    if args.copy:
        written = copy_notebooks(checkout)
        lecture = copy_of(lecture, checkout)
        print(f"Your own notebooks are in {checkout / NAME} ({len(written)} of them new).", flush=True)
    browser = not args.no_browser and has_screen()
    command = lab_command(checkout, lecture, args.port, browser=browser, tune=not args.no_tune)
    decline_news(checkout / ".jupyter")
    hide_grading_tools(checkout / ".jupyter")
    environment = merged_environment(checkout / ".jupyter")
    (checkout / ".jupyter").mkdir(exist_ok=True)  # IPython wants the parent of its folder to be there
    return exec_command(command, environment)


def exec_command(command, environment):
    """Replace this process by another program; on Windows run it and return its exit code."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, environment)
    try:
        return subprocess.call(command, env=environment)
    except KeyboardInterrupt:
        return 0


def lab_command(checkout, lecture, port=None, browser=True, tune=True):
    """The command that starts JupyterLab -> list of text.

    Only this machine can connect, and only with the token in the printed address. No question is asked on
    Ctrl-C, and nothing looks for news, updates or extensions on the network. `tune`: with `mlpkit.cli.tune`.
    """
    options = {
        "ServerApp.root_dir": checkout,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port or FIRST_PORT,
        "ServerApp.port_retries": 0 if port else 100,
        "ServerApp.open_browser": browser,
        "ServerApp.answer_yes": True,
        "Application.log_level": "WARN",
        "LabApp.default_url": f"/lab/tree/{lecture.relative_to(checkout).as_posix()}",
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
        "LanguageServerManager.autodetect": False,  # it would run npm, which writes to the home folder
    }
    if shell := terminal_shell():
        options["ServerApp.terminado_settings"] = f"shell_command={shell}"
    if tune:
        options["ServerApp.jpserver_extensions"] = "mlpkit.cli.tune=True"
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options["ServerApp.allow_root"] = True
    return [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]


def terminal_shell():
    """The shell of JupyterLab's terminals, quoted for `shlex.split`; None on Windows, which has its own.

    Where no shell is named and the server's output is not a terminal, Jupyter starts a login shell. That
    reads /etc/profile, which on Debian sets PATH anew: `mlpkit` would not be found any more.
    """
    if os.name == "nt":
        return None
    return shlex.quote(os.environ.get("SHELL") or shutil.which("sh") or "/bin/sh")


def decline_news(folder):
    """Answer JupyterLab's question for news before it is asked; a choice that a reader made stays.

    `folder` as in `jupyter_environment`.
    """
    settings = Path(jupyter_environment(folder)["JUPYTERLAB_SETTINGS_DIR"])
    answer = settings / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    if not answer.exists():
        answer.parent.mkdir(parents=True, exist_ok=True)
        answer.write_text('{"fetchNews": "false", "checkForUpdates": false}\n', encoding="utf-8")


def hide_grading_tools(folder):
    """Leave nbgrader's buttons and panels out of the course's JupyterLab, where nbgrader is installed.

    They are an instructor's, and come with the packages that `make test` installs; whoever wants them turns
    them on in `.jupyter/config/labconfig/page_config.json`. `folder` as in `jupyter_environment`.
    """
    page = Path(jupyter_environment(folder)["JUPYTER_CONFIG_DIR"]) / "labconfig" / "page_config.json"
    if not page.exists():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text('{"disabledExtensions": {"@jupyter/nbgrader": true}}\n', encoding="utf-8")


def check_port(port):
    """CommandError when this machine cannot listen on the port."""
    with socket.socket() as listener:
        if os.name == "posix":  # as the server does: a port that was just left counts as free
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as problem:
            if problem.errno == errno.EACCES:
                raise CommandError(f"port {port} needs an administrator; take one from 1024 on") from None
            raise CommandError(
                f"port {port} is taken; take another, or leave it out to get the next free one"
            ) from None


def has_screen():
    """False where no window can be opened, as over ssh or in a container; the address is printed anyway."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
