"""The command `mlpkit`: its options, its exit codes, and what `mlpkit doctor` says of this machine."""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import mlpkit
from mlpkit.cli import browser, checkup, doctor, lab, main
from mlpkit.cli.errors import CommandError
from mlpkit.cli.main import COMMANDS

CHECKOUT = Path(__file__).resolve().parents[2]


def ends(argv, capsys):
    """The exit code and the two outputs of a command that argparse ends."""
    with pytest.raises(SystemExit) as end:
        main(argv)
    said = capsys.readouterr()
    return end.value.code, said.out, said.err


# --- the command line -----------------------------------------------------------------------------


def test_help_names_every_command(capsys):
    code, out, _ = ends(["--help"], capsys)
    assert code == 0
    for name, purpose in COMMANDS.items():
        assert re.search(rf"^ +{name} +{purpose[:20]}", out, re.M)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name, capsys):
    code, out, _ = ends([name, "--help"], capsys)
    assert code == 0
    assert f"usage: mlpkit {name}" in out


def test_version(capsys):
    assert ends(["--version"], capsys) == (0, f"mlpkit {mlpkit.__version__}\n", "")


def test_the_installed_command_is_this_one():
    (entry,) = importlib.metadata.entry_points(group="console_scripts", name="mlpkit")
    assert entry.load() is main


@pytest.mark.parametrize(
    "argv", [[], ["fly"], ["lab", "--port", "abc"], ["lab", "--port", "0"], ["doctor", "x"]]
)
def test_wrong_use_ends_with_two(argv, capsys):
    code, _, err = ends(argv, capsys)
    assert code == 2
    assert "usage:" in err


@pytest.mark.skipif(os.name == "nt", reason="closes a pipe as POSIX does")
def test_a_reader_that_has_enough_of_the_output_is_no_error():
    ours, its = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "mlpkit.cli", "present", "07", "--plan"]
    done = subprocess.run(command, stdout=its, stderr=subprocess.PIPE, text=True)
    os.close(its)
    assert (done.returncode, done.stderr) == (0, "")


def test_control_c_ends_a_command_without_a_traceback(monkeypatch, capsys):
    def interrupted(args):
        raise KeyboardInterrupt

    monkeypatch.setattr(doctor, "run", interrupted)
    assert main(["doctor"]) == 1
    assert capsys.readouterr().err == "\nStopped.\n"


def test_a_wrong_port_is_explained(capsys):
    assert "a port is a number from 1 to 65535, not '70000'" in ends(["lab", "--port", "70000"], capsys)[2]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (
            ["present", "7", "--plan", "--fallback"],
            "--plan prints the running order and stops: leave out --fallb",
        ),
        (["present", "7", "--plan", "--port", "1", "--no-tune"], "leave out --port, --no-tune"),
        (["present", "7", "--fallback", "--no-tune"], "--fallback uses no websocket: leave out --no-tune"),
        (["exercises", "build", "--course", "a", "--to", "b"], "--to and --course are two places: name one"),
    ],
)
def test_an_option_that_would_have_no_effect_is_refused(argv, said, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert main(argv) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


# --- mlpkit lab -----------------------------------------------------------------------------------


def options(command):
    """The command's `--Name=value` parts as a dict."""
    return dict(part[2:].split("=", 1) for part in command if part.startswith("--"))


def test_jupyterlab_listens_to_this_machine_only_and_asks_nobody_for_news():
    found = options(lab.lab_command(CHECKOUT, CHECKOUT / "lectures" / "x.ipynb"))
    assert found["ServerApp.ip"] == "127.0.0.1"
    assert found["ServerApp.root_dir"] == str(CHECKOUT)
    assert found["LabApp.default_url"] == "/lab/tree/lectures/x.ipynb"
    assert found["LabApp.news_url"] == "None"
    assert found["LabApp.check_for_updates_class"] == "jupyterlab.NeverCheckForUpdate"
    assert found["LabApp.extension_manager"] == "readonly"
    assert not [name for name in found if "token" in name or "password" in name], "the token stays on"


def test_a_chosen_port_is_the_only_one_tried():
    lecture = CHECKOUT / "lectures" / "x.ipynb"
    free, chosen = (options(lab.lab_command(CHECKOUT, lecture, port)) for port in (None, 9123))
    assert (chosen["ServerApp.port"], chosen["ServerApp.port_retries"]) == ("9123", "0")
    assert int(free["ServerApp.port_retries"]) > 10


@pytest.mark.parametrize("uid", [0, 1000])
def test_root_is_allowed_only_as_root(monkeypatch, uid):
    monkeypatch.setattr(os, "geteuid", lambda: uid, raising=False)
    assert ("ServerApp.allow_root" in options(lab.lab_command(CHECKOUT, CHECKOUT / "x.ipynb"))) == (uid == 0)


@pytest.mark.parametrize(
    ("variables", "screen"), [({}, False), ({"DISPLAY": ":0"}, True), ({"BROWSER": "x"}, True)]
)
def test_a_linux_without_a_screen_only_prints_the_address(monkeypatch, variables, screen):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert lab.has_screen() is screen


@pytest.mark.skipif(os.name == "nt", reason="Windows has a shell of its own")
@pytest.mark.parametrize(
    ("shell", "expected"), [("/bin/zsh", "/bin/zsh"), ("/my shells/x", "'/my shells/x'")]
)
def test_a_terminal_of_jupyterlab_is_no_login_shell_which_would_forget_path(monkeypatch, shell, expected):
    monkeypatch.setenv("SHELL", shell)
    command = lab.lab_command(CHECKOUT, CHECKOUT / "lectures" / "x.ipynb")
    assert options(command)["ServerApp.terminado_settings"] == f"shell_command={expected}"


# --- the browser ----------------------------------------------------------------------------------


def test_the_chosen_browser_is_taken(monkeypatch):
    monkeypatch.setenv("MLPKIT_BROWSER", sys.executable)
    assert browser.find_browser() == Path(sys.executable)


def test_a_wrong_choice_is_an_error_and_not_ignored(monkeypatch, tmp_path):
    monkeypatch.setenv("MLPKIT_BROWSER", str(tmp_path / "nothing"))
    with pytest.raises(CommandError, match="MLPKIT_BROWSER names no program"):
        browser.find_browser()


@pytest.mark.skipif(os.name == "nt", reason="makes a program by its mode")
def test_a_browser_on_path_is_found_and_then_playwrights(monkeypatch, tmp_path):
    monkeypatch.delenv("MLPKIT_BROWSER", raising=False)
    monkeypatch.setattr(browser, "ELSEWHERE", {})
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "ms"))
    assert browser.find_browser() is None
    for place in ("ms/chromium-1/chrome-linux/chrome", "bin/chromium"):
        program = tmp_path / place
        program.parent.mkdir(parents=True)
        program.write_text("", encoding="utf-8")
        program.chmod(0o755)
        assert browser.find_browser() == program


def test_chromium_gives_up_its_sandbox_only_as_root():
    assert ("--no-sandbox" in browser.CHROMIUM_FLAGS) == browser.AS_ROOT


# --- mlpkit doctor --------------------------------------------------------------------------------


def test_doctor_finds_all_that_the_lectures_need(capsys):
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    for name in (
        "Python 3.11",
        "numpy",
        "jupyterlab",
        "kernel python3",
        "lectures",
        "pytest",
        "Chromium",
        "Firefox",
        "WebKit",
        "sandbox bubblewrap",
    ):
        assert re.search(rf"^{name}", said, re.M), name
    assert said.endswith("Everything the lectures need is here.\n")
    assert "\033" not in said, "colours are for terminals"


def test_doctor_has_a_row_for_every_package_of_the_metadata():
    names = {row.name.split()[0] for row in [*checkup.lecture_rows(), *checkup.other_rows()]}
    declared = importlib.metadata.requires("mlpkit") or []
    wanted = [
        text for text in declared if "extra ==" not in text or re.search("""extra == ["']test["']""", text)
    ]
    assert {re.split(r"[^\w-]", text)[0] for text in wanted} <= names


@pytest.fixture
def without(monkeypatch):
    """Pretend that a package has this version, or is not there."""
    true_version = importlib.metadata.version

    def pretend(package, version=None):
        def lookup(name):
            if name != package:
                return true_version(name)
            if version is None:
                raise importlib.metadata.PackageNotFoundError(name)
            return version

        monkeypatch.setattr(importlib.metadata, "version", lookup)

    return pretend


@pytest.mark.parametrize("version", [None, "1.26.4"])
def test_doctor_and_notebook_tell_how_to_get_what_is_missing(without, capsys, version):
    without("numpy", version)
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert re.search(rf"^numpy >=\S+ +missing +{version or '-'} +all computing\n +-> make lab", said, re.M)
    assert re.search(r"^Missing for the lectures: numpy >=\S+\.$", said, re.M)
    doctor.check_course()
    said = capsys.readouterr().out
    assert re.fullmatch(r"Missing: numpy >=\S+ \(all computing\)\. How to get it: make lab .*\n", said)


def test_a_missing_test_package_is_no_failure(without, capsys):
    without("hypothesis")
    assert main(["doctor"]) == 0
    assert re.search(r"^hypothesis >=\S+ +optional", capsys.readouterr().out, re.M)


def test_the_table_is_coloured_for_terminals():
    rows = [checkup.Row("a", "b", "missing", "-", "get a"), checkup.Row("c", "d", "ok", "1")]
    assert doctor.table(rows).splitlines()[2:] == [
        "a     missing  -      b",
        "      -> get a",
        "c     ok       1      d",
    ]
    assert "\033[31mmissing" in doctor.table(rows, colour=True)


def test_a_kernel_of_another_python_is_noticed(monkeypatch):
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

    other = KernelSpec(argv=["/somewhere/else/python", "-m", "ipykernel_launcher"], resource_dir="/foreign")
    monkeypatch.setattr(KernelSpecManager, "get_kernel_spec", lambda self, name: other)
    row = checkup.kernel_row()
    assert row.state == "missing"
    assert "/foreign" in row.how


def test_the_rows_for_grading_say_how_to_get_a_sandbox(monkeypatch):
    from mlpkit.grading.sandboxes import bubblewrap, wasm

    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)
    monkeypatch.setattr(wasm.importlib.util, "find_spec", lambda name: None)
    bubblewrap.fault.cache_clear()
    try:
        monkeypatch.setattr(bubblewrap.platform, "system", lambda: "Linux")
        quick, anywhere = checkup.sandbox_rows()
        assert (quick.state, "install the package bubblewrap" in quick.how) == ("optional", True)
        assert (anywhere.state, "[wasm]" in anywhere.how) == ("optional", True)
        bubblewrap.fault.cache_clear()
        monkeypatch.setattr(bubblewrap.platform, "system", lambda: "Darwin")
        assert "Linux only" in checkup.sandbox_rows()[0].how
    finally:
        bubblewrap.fault.cache_clear()


def test_the_way_in_is_quick_to_import():
    code = "import mlpkit.cli.main, sys; print(*sorted(n for n in sys.modules if n.startswith('mlpkit.cli')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["mlpkit.cli", "mlpkit.cli.errors", "mlpkit.cli.main"]


def test_the_question_for_news_is_answered_once_and_a_readers_choice_stays(tmp_path):
    from mlpkit.cli.lab import decline_news

    decline_news(tmp_path)
    (answer,) = tmp_path.rglob("notification.jupyterlab-settings")
    assert json.loads(answer.read_text(encoding="utf-8")) == {"fetchNews": "false", "checkForUpdates": False}
    answer.write_text('{"fetchNews": "true"}', encoding="utf-8")
    decline_news(tmp_path)
    assert answer.read_text(encoding="utf-8") == '{"fetchNews": "true"}'


def test_nbgraders_buttons_stay_out_of_the_course_unless_they_were_asked_for(tmp_path):
    from mlpkit.cli.lab import hide_grading_tools

    hide_grading_tools(tmp_path)
    [page] = tmp_path.rglob("page_config.json")
    assert json.loads(page.read_text()) == {"disabledExtensions": {"@jupyter/nbgrader": True}}
    page.write_text("{}")
    hide_grading_tools(tmp_path)
    assert page.read_text() == "{}"
