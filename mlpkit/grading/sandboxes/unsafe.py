"""No sandbox: each submission in a process of its own, with the rights of whoever grades.

For one's own machine and submissions that one trusts. The time is limited, and nothing else.
"""

import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress

from mlpkit.grading.guest.job import Job
from mlpkit.grading.sandboxes import Reply
from mlpkit.grading.sandboxes.files import guest_folder, site_folders

START = """
import os, sys
reply = os.dup(1)
os.dup2(os.open(os.devnull, os.O_RDWR), 1)
sys.path[:0] = sys.argv[1:]
from mlpkit.grading.guest.run import main
main(reply)
"""


class Unsafe:
    """A fresh process for each submission."""

    name = "none"

    def __init__(self):
        self._folder = guest_folder()

    def run(self, job: Job) -> Reply:
        """Run one submission. Job and reply are files: what it leaves running could hold a pipe open."""
        paths = [str(self._folder), *map(str, site_folders())]
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as sent:
            given.write(pickle.dumps(job))
            given.seek(0)
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", "-c", START, *paths],
                stdin=given,
                stdout=sent,
                stderr=subprocess.DEVNULL,
                start_new_session=hasattr(os, "killpg"),
            )
            try:
                code, end = process.wait(job.wall), ""
            except subprocess.TimeoutExpired:
                code, end = 0, "time"
            finally:
                _end(process)
            sent.seek(0)
            data = sent.read(job.limits.reply + 1)
        if len(data) > job.limits.reply:
            return Reply(data[: job.limits.reply], "flood", code)
        return Reply(data, end or ("exited" if code >= 0 else "signal"), code)

    def close(self) -> None:
        """Remove the guest's files."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _end(process):
    """End the process and, where there are such, all of its group."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
