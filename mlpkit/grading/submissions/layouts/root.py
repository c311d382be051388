"""What was given on the command line, listed: the same for a folder and for a zip."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from mlpkit.grading.submissions.tree import File


@dataclass(frozen=True)
class Root:
    """A folder or zip: its name, its files, and how to read one of them (bytes, at most a limit + 1).

    `start`: how many parts of each path lie above this folder, where it is a folder inside what was given.
    `parent`: the name of the folder above.
    """

    name: str
    files: tuple[File, ...]
    read: Callable[[File, int], bytes]
    start: int = 0
    parent: str = ""

    @cached_property
    def entries(self) -> dict[str, list[File]]:
        """The files by the first part of their path: a file itself, or all below a folder."""
        found: dict[str, list[File]] = {}
        for file in self.files:
            if len(file.parts) > self.start:
                found.setdefault(file.parts[self.start], []).append(file)
        return found

    @cached_property
    def folders(self) -> dict[str, list[File]]:
        """Those of the entries that are folders."""
        return {name: files for name, files in self.entries.items() if not self.is_file(name)}

    @cached_property
    def plain_files(self) -> dict[str, File]:
        """Those of the entries that are files."""
        return {name: files[0] for name, files in self.entries.items() if self.is_file(name)}

    def is_file(self, name: str) -> bool:
        """True where this entry is a file and not a folder."""
        files = self.entries[name]
        return len(files) == 1 and len(files[0].parts) == self.start + 1 and not files[0].folder

    def inside(self, name: str) -> "Root":
        """The folder of this name as a root of its own."""
        files = tuple(self.folders[name])
        return replace(self, name=name, files=files, start=self.start + 1, parent=self.name)
