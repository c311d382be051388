"""Bytes to text, and names as the reports show them. Imports: the standard library."""

import codecs
import json
import re
import unicodedata

from mlpkit.grading.submissions.limits import NAME_CHARACTERS

BIDI = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF], "\ufffd"
)
SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes) -> tuple[str, str]:
    """The text and a note on its encoding ("" for UTF-8, with or without a byte order mark).

    UTF-16 and UTF-32 are recognised as JSON's standard says; what is no UTF-8 is read as Windows-1252.

    >>> decode("π".encode())
    ('π', '')
    >>> decode(b"caf\\xe9")
    ('café', 'not saved as UTF-8: accented letters may be wrong')
    """
    encoding = json.detect_encoding(data)
    if encoding == "utf-8" and data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
        return text, "" if encoding.startswith("utf-8") else f"saved as {encoding.upper()[:6]}, not as UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "not saved as UTF-8: accented letters may be wrong"


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for what no encoding can hold."""
    return text if text.isascii() else SURROGATES.sub("\ufffd", text)


def shown(name: str, limit: int = NAME_CHARACTERS) -> str:
    """A name as a report can show it: one line, no control characters, no marks of direction, not too long.

    >>> shown("a\\nb\\u202ec")
    'a�b�c'
    """
    name = name[: 4 * limit]
    if not (name.isascii() and name.isprintable()):
        name = SURROGATES.sub("\ufffd", unicodedata.normalize("NFC", name)).translate(BIDI)
        name = "".join(
            c if c.isprintable() else " " if unicodedata.category(c) == "Zs" else "\ufffd" for c in name
        )
    return name if len(name) <= limit else name[: limit - 1] + "…"


def shown_path(parts: tuple[str, ...]) -> str:
    """The parts of a path, each as `shown`, with slashes; the middle of a long path is left out."""
    parts = tuple(shown(part) for part in parts)
    return "/".join(parts if len(parts) <= 6 else (*parts[:2], "…", *parts[-3:]))


def natural(text: str) -> tuple:
    """A key that sorts ex2 before ex10, without regard to case.

    >>> sorted(["ex10", "Ex2"], key=natural)
    ['Ex2', 'ex10']
    """
    pieces = re.split(r"([0-9]+)", text[:1000])
    numbers = [(0, "", int(p)) if i % 2 else (1, p.casefold(), 0) for i, p in enumerate(pieces)]
    return tuple(numbers), text


def natural_path(parts: tuple[str, ...]) -> tuple:
    """A key that sorts paths by `natural`, part by part, the last one without its extension first.

    A copy "ex05 (1).ipynb" comes after "ex05.ipynb", an older "ex05-checkpoint.ipynb" before it.
    """
    if not parts:
        return ()
    stem, dot, extension = parts[-1].rpartition(".")
    if not dot:
        stem, extension = extension, ""
    original = stem.removesuffix("-checkpoint")
    last = (natural(original), stem == original, natural(extension), parts[-1])
    return (*((natural(part), True, natural(""), part) for part in parts[:-1]), last)
