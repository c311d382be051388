"""Zip files of strangers: their contents are read in memory, with limits; nothing is written to disk."""

import contextlib
import io
import re
import stat
import zipfile
from typing import IO

from mlpkit.grading.submissions import limits
from mlpkit.grading.submissions.texts import shown

READ_AT_ONCE = 2**20
BROKEN = "the zip is broken or cut off: make it again and hand it in again"
LINK = "is a link, which is not followed: hand in the file itself"


class Unreadable(Exception):
    """Says in a sentence why a file or a zip cannot be read."""


class _Bounded(io.RawIOBase):
    """A file of which no single read may exceed a limit: zipfile reads the list of contents at once."""

    def __init__(self, file: IO[bytes], limit: int):
        self._file, self._limit = file, limit

    def read(self, size: int = -1) -> bytes:
        """The next bytes; `Unreadable` where more are asked for than the limit allows."""
        if size < 0:
            size = self._limit
        if size > self._limit:
            raise Unreadable("the zip lists too many files: hand in the notebook alone")
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As a file's."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As a file's."""
        return self._file.tell()

    def seekable(self) -> bool:
        """True."""
        return True

    def readable(self) -> bool:
        """True."""
        return True


class Archive:
    """An open zip: `members` are (parts of the path, its record, why it must not be read).

    `entries` and `directory` bound how much may be listed. `Unreadable` for what is no zip or too much.
    """

    def __init__(self, file: IO[bytes], entries: int, directory: int):
        self._file = file
        try:
            self._zip = zipfile.ZipFile(_Bounded(file, max(directory, 2**17)))  # type: ignore[arg-type]
            found = self._zip.infolist()
            if len(found) > entries:
                raise Unreadable(f"the zip holds {len(found):,} files: hand in the notebook alone")
        except Unreadable:
            file.close()
            raise
        except Exception as error:  # whatever zipfile raises for hostile bytes: struct.error, UnicodeError …
            file.close()
            raise Unreadable(BROKEN) from error
        self.members = [(*_safe(info), info) for info in found if not info.filename.endswith("/")]

    def read(self, info: zipfile.ZipInfo, limit: int) -> bytes:
        """The unpacked bytes of one member, at most `limit` + 1; `Unreadable` says why not."""
        if info.flag_bits & 0x1:
            raise Unreadable("the zip needs a password: make one without and hand it in again")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("packed in an unusual way: make the zip with your system's own program")
        packed = max(info.compress_size, 1)
        if info.file_size > limits.RATIO_BYTES and info.file_size > limits.RATIO * packed:
            raise Unreadable("unpacks to far more than an honest notebook does: hand in the notebook itself")
        if info.file_size > limit:
            return b" " * (limit + 1)  # too large: said by the one who reads; nothing is unpacked
        pieces, size = [], 0
        try:
            with self._zip.open(info) as member:
                while size <= limit and (piece := member.read(min(READ_AT_ONCE, limit + 1 - size))):
                    pieces.append(piece)
                    size += len(piece)
        except Exception as error:  # a wrong checksum, zlib.error, EOFError, NotImplementedError …
            raise Unreadable(BROKEN) from error
        return b"".join(pieces)

    def close(self) -> None:
        """Close the zip and its file."""
        self._zip.close()
        self._file.close()


def _safe(info: zipfile.ZipInfo) -> tuple[tuple[str, ...], str]:
    """The member's path as parts inside the zip, and why it must not be read or ""."""
    name = info.filename
    if not info.flag_bits & 0x800:  # not said to be UTF-8: macOS writes UTF-8 and does not say so
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    name = name[:2000]
    pieces = re.split(r"[/\\]", name)
    parts = tuple(part for part in pieces if part not in ("", ".", ".."))[: 2 * limits.DEPTH]
    if ".." in pieces or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        return parts, f"its path in the zip leads outside ({shown(name, 60)}): make the zip again"
    if stat.S_ISLNK(info.external_attr >> 16):
        return parts, LINK
    if len(parts) > limits.DEPTH:
        return parts, "lies too deep in folders: hand in the notebook alone"
    return parts, ""
