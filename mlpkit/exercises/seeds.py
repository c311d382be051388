"""A student's own seed."""

import hashlib
import unicodedata


def seed_for(name: str | int) -> int:
    """A seed from a name or a student number: always the same, and another one for the neighbour.

    Capitals, spaces around and between words, and forms of the same letter make no difference. It is an
    integer below 2³²: the first four bytes of SHA-256 of the normalized text.

    >>> seed_for("Ada Lovelace") == seed_for("  ada   LOVELACE ") != seed_for("Charles Babbage")
    True
    >>> check(softmax, seed=seed_for("Ada Lovelace"))  # doctest: +SKIP
    """
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise TypeError(f'seed_for expects a name or a number: seed_for("Ada Lovelace"); got {name!r:.80}')
    text = " ".join(unicodedata.normalize("NFKC", str(name)).casefold().split())
    if not text:
        raise ValueError('seed_for expects your name: seed_for("Ada Lovelace"); got an empty text')
    text = unicodedata.normalize("NFKC", text)  # folding may take letters apart
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
