"""Find a Chromium, Chrome or Edge on this machine, or install one: for tests in a real browser.

Firefox and WebKit are found too, for the tests that are run in every browser; nothing requires them.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from mlpkit.cli.advice import python_command
from mlpkit.cli.errors import CommandError

ON_PATH = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"]
ELSEWHERE = {
    "darwin": [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ],
    "win32": [
        rf"{root}\{program}"
        for root in ("%ProgramFiles%", "%ProgramFiles(x86)%", "%LocalAppData%")
        for program in (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
    ],
}
PLAYWRIGHT = f"{python_command()} -m playwright install chromium"
HOW_TO_GET = {
    "linux": f"Debian, Ubuntu: sudo apt install chromium; elsewhere: {PLAYWRIGHT}",
    "darwin": f"install Google Chrome, or: {PLAYWRIGHT}",
    "win32": f"Microsoft Edge comes with Windows; or: {PLAYWRIGHT}",
}.get(sys.platform, PLAYWRIGHT)

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
CHROMIUM_FLAGS = [
    *(["--no-sandbox"] if AS_ROOT else []),  # Chromium does not start as root with its sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_browser():
    """The path of a browser of the Chromium family, or None.

    MLPKIT_BROWSER names one and is never ignored: CommandError when it names no program.
    """
    if chosen := os.environ.get("MLPKIT_BROWSER"):
        if program := shutil.which(chosen):
            return Path(program)
        raise CommandError(f"MLPKIT_BROWSER names no program: {chosen!r}; correct it or unset it", code=2)
    for name in ON_PATH:
        if program := shutil.which(name):
            return Path(program)
    places = [Path(os.path.expandvars(place)) for place in ELSEWHERE.get(sys.platform, [])]
    return next((place for place in places if place.is_file()), None) or playwright_browser()


def playwright_browser():
    """The Chromium that `playwright install chromium` downloaded, or None."""
    if os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        folder = Path(os.environ["PLAYWRIGHT_BROWSERS_PATH"])
    else:
        caches = {"darwin": "~/Library/Caches", "win32": os.environ.get("LOCALAPPDATA", "~/AppData/Local")}
        folder = Path(caches.get(sys.platform, "~/.cache")).expanduser() / "ms-playwright"
    names = ["chrome", "chrome.exe", "Chromium", "Google Chrome for Testing"]
    programs = [path for name in names for path in folder.glob(f"chromium-*/**/{name}") if path.is_file()]
    return max(programs, default=None, key=lambda path: path.stat().st_mtime)


def browser_version(program):
    """What the browser says of itself, such as `Chromium 156.0`; empty text when it does not answer."""
    if sys.platform == "win32":
        return ""  # there it would open a window instead of answering
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    words = done.stdout.split()
    numbers = [k for k, word in enumerate(words) if word[0].isdigit()]
    return " ".join(words[: numbers[0] + 1]) if numbers and done.returncode == 0 else ""


def install_browser():
    """Debian's chromium as root with apt, else Playwright's download -> path, or None if neither works."""
    if AS_ROOT and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        print("Installing Debian's chromium for the browser tests.", flush=True)
        attempt(["apt-get", "update", "-qq"], quiet)
        attempt(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet)
    if not find_browser():
        print("Trying Playwright's own download of Chromium.", flush=True)
        attempt([sys.executable, "-m", "playwright", "install", "chromium"], os.environ)
    return find_browser()


@dataclass(frozen=True)
class OtherBrowser:
    """A browser that tests use where it is installed: its programs, each under several names."""

    label: str
    programs: tuple[tuple[str, ...], ...]  # all are needed; the first is the one to start
    packages: tuple[str, ...]  # of Debian
    elsewhere: str = "elsewhere there is no way that the tests know"

    @property
    def not_installed(self):
        """How the reason begins for which its tests are skipped."""
        return f"{self.label} is not installed"

    @property
    def how_to_get(self):
        """What to type."""
        return f"Debian: sudo apt install {' '.join(self.packages)}; {self.elsewhere}"

    def find(self):
        """The path of the program to start, or None when a program is not here."""
        found = [_on_path(names) for names in self.programs]
        return found[0] if all(found) else None


OTHER_BROWSERS = {
    "firefox": OtherBrowser(
        "Firefox",
        (("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"),),
        ("firefox-esr",),
        "elsewhere: Mozilla's own package, on Linux not the snap, which cannot see the tests' folders",
    ),
    "webkit": OtherBrowser("WebKit", (("WebKitWebDriver",), ("Xvfb",)), ("webkit2gtk-driver", "xvfb")),
}


def _on_path(names):
    """The first of some programs that is here and no snap, or None."""
    found = (shutil.which(name) for name in names)
    return next((Path(program) for program in found if program and not _is_snap(Path(program))), None)


def _is_snap(program):
    """True for a program that Ubuntu's snap starts, directly or by a shell script."""
    if program.resolve().name == "snap":
        return True
    with open(program, "rb") as file:
        begin = file.read(4096)
    return begin.startswith(b"#!") and b"/snap/" in begin


def install_other_browsers():
    """Debian's Firefox and WebKit where they are missing and this is root with apt; nothing elsewhere."""
    missing = [name for browser in OTHER_BROWSERS.values() if not browser.find() for name in browser.packages]
    if missing and AS_ROOT and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        print(f"Installing {', '.join(missing)} for the tests in other browsers.", flush=True)
        attempt(["apt-get", "update", "-qq"], quiet)
        for name in missing:  # one that another system does not have must not keep the others away
            attempt(["apt-get", "install", "-y", "-qq", "--no-install-recommends", name], quiet)


def attempt(command, environment):
    """Run a command that may fail; the last line of its output is printed then."""
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"  {command[0]}: {problem}", flush=True)
        return
    if done.returncode:
        words = (done.stderr + done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
        print(f"  {' '.join(command[:3])}: {words[-1][:200]}", flush=True)
