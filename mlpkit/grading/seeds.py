"""Which numbers a class is graded on: those of the notebook, and private ones from a key of the class."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

PUBLIC = 0  # the seed of the notebooks
LEAST = 16  # characters of a key


def class_seeds(key: str, count: int) -> tuple[int, ...]:
    """The public seed and `count` private ones, which nobody without the key can find out.

    >>> class_seeds("a key of this class only", 2) == class_seeds("a key of this class only", 2)
    True
    """
    if len(key.strip()) < LEAST:
        raise ValueError(f"a class key has at least {LEAST} characters: mlpkit makes one where there is none")
    made = (hmac.digest(key.strip().encode(), f"numbers {i}".encode(), "sha256") for i in range(count))
    return (PUBLIC, *(1 + int.from_bytes(digest[:6], "big") for digest in made))


def key_of(path: Path) -> str:
    """The key in this file; where there is none, a new one is made, readable by its owner alone."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        key = secrets.token_hex(16)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(key + "\n")
        return key


def name_of(seeds: tuple[int, ...]) -> str:
    """A short text that tells two choices of numbers apart and gives none of them away."""
    return hashlib.sha256(repr(seeds).encode()).hexdigest()[:12]
