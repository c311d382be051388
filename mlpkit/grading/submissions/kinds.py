"""What a file is when it is not what its name says, in a sentence that tells the student what to do."""

import re

from mlpkit.grading.submissions.limits import FILE_BYTES, MEBIBYTE

AGAIN = "hand in the .ipynb file itself"
TOO_LARGE = f"larger than {FILE_BYTES // MEBIBYTE} MiB: clear its outputs and hand it in again"
EMPTY = "the file is empty: open the notebook in Jupyter, save it, and hand in that file"
SIGNATURES = (
    (b"%PDF", f"a PDF, not a notebook: {AGAIN}"),
    (b"\xd0\xcf\x11\xe0", f"a Word or Office document, not a notebook: {AGAIN}"),
    (b"{\\rtf", f"a text document (RTF), not a notebook: {AGAIN}"),
    (b"\x1f\x8b", f"a packed file (gzip), not a notebook: {AGAIN} or a zip"),
    (b"7z\xbc\xaf", f"a packed file (7z), not a notebook: {AGAIN} or a zip"),
    (b"Rar!", f"a packed file (RAR), not a notebook: {AGAIN} or a zip"),
    (b"\x89PNG", f"a picture, not a notebook: {AGAIN}"),
    (b"\xff\xd8\xff", f"a picture, not a notebook: {AGAIN}"),
    (b"bplist", f"a link of the browser, not a notebook: {AGAIN}"),
    (b"version https://git-lfs", f"a pointer of Git LFS, not the notebook: {AGAIN}"),
)
UNREAD = {
    ".doc .docx .odt .rtf .pages": "a text document",
    ".pdf": "a PDF",
    ".html .htm": "a web page",
    ".rar .7z .tar .gz .tgz .bz2 .xz": "a packed file of another kind than zip",
    ".png .jpg .jpeg .heic": "a picture",
    ".txt .md .json .xlsx .pptx .webloc .url .gdoc .icloud .crdownload .part": "a file of another kind",
}
CONFLICT = re.compile(r"^(<<<<<<< |>>>>>>> )", re.MULTILINE)


def not_text(data: bytes) -> str:
    """Why these bytes are no text at all, or ""."""
    if not data.strip(b" \t\r\n\0"):
        return EMPTY
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    return next((problem for start, problem in SIGNATURES if data.startswith(start)), "")


def not_a_notebook(data: bytes) -> str:
    """Why these bytes are no notebook, as far as their beginning tells, or "".

    >>> not_a_notebook(b"<!DOCTYPE html><html>")
    'a web page (HTML), not a notebook: hand in the .ipynb file itself'
    """
    if problem := not_text(data):
        return problem
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--")):
        return f"a web page (HTML), not a notebook: {AGAIN}"
    return ""


def broken(text: str, error: ValueError) -> str:
    """What is wrong with a text that is no JSON."""
    if CONFLICT.search(text):
        return "the file holds an unresolved Git conflict (<<<<<<<): resolve it and hand it in again"
    start = text[:2000].lstrip("\ufeff \t\r\n")
    if not start.startswith(("{", "[")):
        return f"the file is no notebook (it does not begin with '{{'): {AGAIN}"
    line = getattr(error, "lineno", 0)
    place = f" (line {line})" if line else ""
    return f"the file is cut off or damaged{place}: save the notebook in Jupyter and hand it in again"


def unread(extension: str) -> str:
    """What a file with this extension is, for those that are often handed in instead of a notebook; or ""."""
    return next((name for known, name in UNREAD.items() if extension.lower() in known.split()), "")


def _packed(data: bytes) -> str:
    if b"word/" in data[:4000] or b"[Content_Types].xml" in data[:4000]:
        return f"a Word or Office document, not a notebook: {AGAIN}"
    return (
        "a zip with the name of another kind of file: give it a name that ends in .zip and hand it in again"
    )


def is_often_wrong(extension: str) -> bool:
    """True for documents that students hand in and that an instructor does not keep beside submissions."""
    return extension in (
        ".doc",
        ".docx",
        ".odt",
        ".rtf",
        ".pages",
        ".pdf",
        ".rar",
        ".7z",
        ".tar",
        ".gz",
        ".tgz",
    )
