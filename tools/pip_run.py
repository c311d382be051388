"""Run pip: one line of progress on the terminal, its full output in a log, its failures in a sentence."""

import os
import re
import subprocess
import sys
import threading

# What pip or the system says -> what a reader needs to know. The first match counts.
REASONS = [
    (
        r"No space left on device|Errno 28|not enough space on the disk",
        "The disk is full: the course's packages need about 1 GB in this folder; free some space "
        "and repeat the command.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "The package index's certificate was not accepted (a company proxy, or a wrong clock?): "
        "set PIP_CERT to your network's certificate file and repeat the command.",
    ),
    (
        r"Failed to establish a new connection|NewConnectionError|Failed to connect|getaddrinfo failed"
        r"|Temporary failure in name resolution|Name or service not known|Network is unreachable"
        r"|Connection refused|Connection ?reset|Connection broken|ConnectTimeout|ReadTimeout|timed out"
        r"|ProxyError|from versions: none",
        "The package index cannot be reached: connect to the network and repeat the command, or name a "
        "folder of downloaded packages with PIP_NO_INDEX=1 PIP_FIND_LINKS=folder (see README, No network).",
    ),
    (
        r"Permission ?[Dd]enied|Errno 13|WinError 5\b|Read-only file system|Operation not permitted",
        "This folder cannot be written to: put the checkout where you may write, without sudo, "
        "and repeat the command.",
    ),
    (
        r"No matching distribution found",
        "One of the locked packages does not exist for this Python on this machine (a rare processor?): "
        "take Python 3.12, or conda as README says.",
    ),
]


class InstallError(Exception):
    """One sentence for the reader: what went wrong and the way out."""


def known_reason(output):
    """The sentence for a failure that is recognised in this output, or None."""
    for pattern, sentence in REASONS:
        if re.search(pattern, output):
            return sentence
    return None


def clean_environment():
    """The variables for pip and venv, without those that would lead them out of `.venv`."""
    misleading = ["PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "__PYVENV_LAUNCHER__"]
    kept = {key: value for key, value in os.environ.items() if key not in misleading}
    return kept | {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUNBUFFERED": "1"}


class Progress:
    """How far pip is, read from its output: `line()` says it in one short line."""

    def __init__(self, environment):
        self.environment = environment
        self.fetched, self.total, self.before, self.now = 0, 0, 0, "looking for packages"

    def read(self, line):
        """Take note of one line of pip's output; a change of phase gives True."""
        if match := re.match(r"Collecting ([\w.-]+)", line):
            self.fetched += 1
            self.now = match[1]
        elif "Installing build dependencies" in line:
            self.now = "build tool"
        elif "Retrying (" in line:
            self.now = "no answer from the package index, trying again"
        elif match := re.match(r"Installing collected packages: (.+)", line):
            self.total, self.before = match[1].count(",") + 1, self.installed()
            return True
        return False

    def installed(self):
        """How many packages the environment has by now."""
        return len(list(self.environment.site_packages.glob("*.dist-info")))

    def line(self):
        """Such as `fetched 57: jupyterlab` and then `installed 101 of 143`."""
        if self.total:
            done = max(self.installed() - self.before, 0)
            return f"  installed {min(done, self.total)} of {self.total} packages"
        return f"  fetched {self.fetched} packages: {self.now}" if self.fetched else f"  {self.now}"


def install(environment, arguments, quiet):
    """`pip install` with these arguments inside the environment; raises InstallError with the reason.

    The stamp goes as soon as pip starts to write: an installation that is stopped after that is made anew.
    """
    pip = [environment.program("python"), "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
    progress, output = Progress(environment), []
    with environment.log.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [str(part) for part in [*pip, *arguments]],
            cwd=environment.checkout,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        reporter = Reporter(progress, quiet)
        try:
            for line in process.stdout or ():
                log.write(line)
                log.flush()
                output.append(line)
                if progress.read(line):
                    environment.stamp.unlink(missing_ok=True)
            code = process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise
        finally:
            reporter.stop()
    if code:
        raise InstallError(failure("".join(output), environment.log))


def failure(output, log):
    """The sentence for a failed pip, and where its full output is."""
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    said = errors[-1] if errors else (output.strip().splitlines() or ["nothing"])[-1]
    reason = known_reason(output) or f"pip could not install the packages; it said: {said}"
    return f"{reason}\npip's full output: {log}"


class Reporter:
    """Prints the progress: over itself on a terminal, a line every ten seconds elsewhere, or not at all."""

    def __init__(self, progress, quiet):
        self.progress, self.last, self.ended = progress, "", threading.Event()
        self.terminal = sys.stdout.isatty()
        self.thread = threading.Thread(target=self.loop, daemon=True)
        if not quiet:
            self.thread.start()

    def loop(self):
        """Print until stopped."""
        while not self.ended.wait(0.5 if self.terminal else 10):
            self.show(self.progress.line())

    def show(self, line):
        """Print a line that differs from the last."""
        if line != self.last:
            self.last = line
            if self.terminal:
                print(f"\r{line[:78]:78}", end="", flush=True)
            else:
                print(line, flush=True)

    def stop(self):
        """End the thread and clear the line."""
        self.ended.set()
        if self.thread.is_alive():
            self.thread.join()
        if self.terminal and self.last:
            print(f"\r{'':78}\r", end="", flush=True)
