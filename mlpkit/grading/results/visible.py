"""Text of strangers in a terminal, a table or a page: characters that hide or move others are written out."""

import re

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def visible(text: str, most: int = 0) -> str:
    r"""The text with controls, bidi marks and the like as escapes; lines and tabs stay.

    `most`: how many characters of it are shown; 0 is all.

    >>> print(visible("a\x1b[31m\u202eb"), visible("x" * 100, 5))
    a\x1b[31m\u202eb xxxx…
    """
    if most and len(text) > most:
        text = f"{text[: most - 1]}…"
    return HIDDEN.sub(_escape, text)


def in_one_line(text: str, most: int = 0) -> str:
    r"""The same with lines and tabs as escapes as well.

    >>> print(in_one_line("two\nlines"))
    two\nlines
    """
    return visible(text, most).replace("\n", "\\n").replace("\t", "\\t")


def _escape(found):
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
