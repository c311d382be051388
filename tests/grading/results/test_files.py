"""Files that are whole or not there, also where somebody else plays with the folder."""

import errno
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from mlpkit.grading.results import Folder, ResultsError
from mlpkit.grading.results import files as module

ALONE = ["unshare", "-Urm", "sh", "-c"]  # a process that may mount something for itself
LINKS = pytest.mark.skipif(not module.HANDLES, reason="no folder handles on this system")


def mounts():
    """Whether a process may mount a disk for itself here."""
    try:
        return not subprocess.run([*ALONE, "mount -t tmpfs none /mnt"], capture_output=True).returncode
    except OSError:
        return False


MOUNTS = mounts()


def environment():
    """The variables of this process, with the package that is tested."""
    return os.environ | {"PYTHONPATH": str(Path(module.__file__).parents[3])}


@pytest.fixture
def folder(tmp_path):
    """A folder with two old files."""
    with Folder(tmp_path / "results") as opened:
        opened.write({"a.csv": b"old a", "b.csv": b"old b"})
        yield opened


def content(folder):
    return {path.name: path.read_bytes() for path in folder.path.iterdir() if path.is_file()}


OLD = {"a.csv": b"old a", "b.csv": b"old b"}
NEW = {"a.csv": b"new a" * 1000, "b.csv": b"new b"}


class TestWriting:
    def test_new_files_replace_old_ones_and_leave_nothing_else(self, folder):
        folder.write(NEW)
        assert content(folder) == NEW
        assert folder.read("a.csv") == NEW["a.csv"]
        assert folder.names() == ["a.csv", "b.csv"]

    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
    @pytest.mark.parametrize("call", ["fsync", "replace", "open"])
    def test_where_the_disk_fails_the_old_files_are_as_they_were(self, folder, call, number, monkeypatch):
        def fail(*_, **__):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(module.os, call, fail)
        with pytest.raises(ResultsError, match="free some space|" + os.strerror(errno.EIO)):
            folder.write(NEW)
        monkeypatch.undo()
        assert content(folder) == OLD

    @pytest.mark.skipif(not MOUNTS, reason="no small disk can be mounted here")
    def test_a_disk_that_is_full_leaves_the_old_files_and_says_what_to_do(self, tmp_path):
        code = (
            "from mlpkit.grading.results import Folder, ResultsError\nfrom pathlib import Path\n"
            "with Folder('disk') as folder:\n"
            "    folder.write({'a.csv': b'old a', 'b.csv': b'old b'})\n"
            "    try:\n        folder.write({'a.csv': b'new', 'b.csv': b'x' * 10**5})\n"
            "    except ResultsError as error:\n        print(error)\n"
            "    print(folder.names(), folder.read('a.csv'), folder.read('b.csv'))\n"
        )
        (tmp_path / "disk").mkdir()
        (tmp_path / "run.py").write_text(code, encoding="utf-8")
        script = f"mount -t tmpfs -o size=32k none disk && '{sys.executable}' run.py"
        done = subprocess.run(
            [*ALONE, script], cwd=tmp_path, capture_output=True, text=True, env=environment()
        )
        error, left = done.stdout.splitlines()
        assert "b.csv cannot be written: the disk is full: free some space and run the same command" in error
        assert left == "['a.csv', 'b.csv'] b'old a' b'old b'"

    def test_a_file_that_the_system_cuts_off_leaves_the_old_files_and_says_so(self, folder):
        code = (
            "import resource, signal, sys\nfrom mlpkit.grading.results import Folder\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
            "Folder(sys.argv[1]).write({'a.csv': b'x' * 10000, 'b.csv': b'y'})"
        )
        done = subprocess.run([sys.executable, "-c", code, folder.path], capture_output=True, text=True)
        assert "ResultsError" in done.stderr
        assert "the old files are as they were" in done.stderr
        assert content(folder) == OLD

    def test_a_process_that_is_killed_leaves_whole_files_and_the_next_one_clears_up(self, folder):
        code = (
            "import os, sys\nfrom mlpkit.grading.results import Folder, files\n"
            "files.os.replace = lambda *a, **k: os.kill(os.getpid(), 9)\n"
            "Folder(sys.argv[1]).write({'a.csv': b'new'})"
        )
        done = subprocess.run([sys.executable, "-c", code, folder.path])
        assert done.returncode == -9
        assert {n: c for n, c in content(folder).items() if n in OLD} == OLD
        assert len(folder.names()) == 3  # the unfinished file
        folder.write(NEW)
        assert content(folder) == NEW

    def test_unfinished_files_of_a_run_that_goes_on_are_left_alone_until_they_are_old(self, folder):
        mine = folder.path / f".a.csv.{os.getpid()}-0123abcd.part"
        mine.write_bytes(b"going on")
        folder.write(NEW)
        assert mine.exists()
        os.utime(mine, (time.time() - 4000,) * 2)
        folder.write(NEW)
        assert not mine.exists()

    @pytest.mark.parametrize("name", ["", ".", "..", "../x", "/etc/x", "a/b", "a\\b", "a\0b"])
    def test_a_name_that_leads_elsewhere_is_refused(self, folder, name):
        with pytest.raises(ValueError, match="without a folder"):
            folder.write({name: b""})


class TestPlaces:
    def test_a_file_in_place_of_the_folder_is_an_error_that_says_what_to_do(self, tmp_path):
        (tmp_path / "results").write_text("mine")
        with pytest.raises(ResultsError, match=r"choose another one with -o|remove or rename it"):
            Folder(tmp_path / "results")
        assert (tmp_path / "results").read_text() == "mine"

    def test_a_file_above_the_folder_is_one_too(self, tmp_path):
        (tmp_path / "file").write_text("mine")
        with pytest.raises(ResultsError, match="choose another one with -o"):
            Folder(tmp_path / "file" / "results")

    def test_a_folder_in_place_of_a_file_is_one_too(self, folder):
        (folder.path / "c.csv").mkdir()
        with pytest.raises(ResultsError, match=r"c\.csv is a folder, where mlpkit writes a file: remove"):
            folder.write({"a.csv": b"new", "c.csv": b"new"})
        assert content(folder) == OLD

    def test_a_read_only_folder_is_an_error_that_says_what_to_do(self):
        with tempfile.TemporaryDirectory() as place:
            os.chmod(place, 0o755)
            with as_nobody(), pytest.raises(ResultsError, match=r"you may not write there: choose another"):
                Folder(place).write({"a.csv": b"x"})
            with as_nobody(), pytest.raises(ResultsError, match=r"you may not write there"):
                Folder(Path(place) / "new")
            assert os.listdir(place) == []

    @LINKS
    def test_a_link_in_place_of_a_file_is_neither_followed_nor_replaced(self, folder, tmp_path):
        victim = tmp_path / "victim"
        victim.write_text("safe")
        (folder.path / "c.csv").symlink_to(victim)
        with pytest.raises(ResultsError, match=r"c\.csv is a symbolic link.*remove"):
            folder.write({"a.csv": b"new", "c.csv": b"new"})
        with pytest.raises(ResultsError, match="symbolic link"):
            folder.read("c.csv")
        assert victim.read_text() == "safe"
        assert content(folder) == OLD | {"c.csv": b"safe"}

    @LINKS
    def test_a_link_in_place_of_a_folder_inside_is_not_followed(self, folder, tmp_path):
        (tmp_path / "elsewhere").mkdir()
        (folder.path / "students").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(ResultsError, match=r"students is a symbolic link, where mlpkit writes a folder"):
            folder.folder("students")
        assert list((tmp_path / "elsewhere").iterdir()) == []

    @LINKS
    def test_a_folder_that_is_swapped_for_a_link_after_it_was_opened_gains_nothing(self, folder, tmp_path):
        (tmp_path / "elsewhere").mkdir()
        with folder.folder("students") as students:
            (folder.path / "students").rename(tmp_path / "moved")
            (folder.path / "students").symlink_to(tmp_path / "elsewhere")
            students.write({"ada.html": b"page"})
        assert list((tmp_path / "elsewhere").iterdir()) == []
        assert (tmp_path / "moved" / "ada.html").read_bytes() == b"page"

    @LINKS
    def test_a_file_that_becomes_a_link_at_the_last_moment_is_replaced_itself(
        self, folder, tmp_path, monkeypatch
    ):
        victim = tmp_path / "victim"
        victim.write_text("safe")
        real = os.replace

        def swapped(*arguments, **options):
            (folder.path / "a.csv").unlink()
            (folder.path / "a.csv").symlink_to(victim)
            real(*arguments, **options)

        monkeypatch.setattr(module.os, "replace", swapped)
        folder.write({"a.csv": b"new"})
        assert victim.read_text() == "safe"
        assert not (folder.path / "a.csv").is_symlink()

    @LINKS
    def test_a_pipe_in_place_of_a_file_does_not_wait_for_a_writer(self, folder):
        os.mkfifo(folder.path / "c.csv")
        with pytest.raises(ResultsError, match="a special file"):
            folder.read("c.csv")

    def test_the_folder_itself_may_be_reached_through_a_link(self, tmp_path):
        (tmp_path / "real").mkdir()
        (tmp_path / "named").symlink_to(tmp_path / "real")
        with Folder(tmp_path / "named") as opened:
            opened.write({"a.csv": b"a"})
        assert (tmp_path / "real" / "a.csv").read_bytes() == b"a"

    def test_without_folder_handles_everything_works_by_paths(self, tmp_path, monkeypatch):
        monkeypatch.setattr(module, "HANDLES", False)
        with Folder(tmp_path / "results") as opened, opened.folder("students") as students:
            students.write(OLD)
            students.write(NEW)
            students.remove("b.csv")
            assert students.read("a.csv") == NEW["a.csv"]
            assert students.read("b.csv") is None
            assert students.names() == ["a.csv"]
            (opened.path / "link").symlink_to(tmp_path)
            with pytest.raises(ResultsError, match="symbolic link"):
                opened.folder("link")


@contextmanager
def as_nobody():
    """Without the rights of an administrator, whom no permission stops."""
    if os.geteuid():
        pytest.skip("the folder belongs to who runs this")
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
