"""`mlpkit lectures`: run the lecture notebooks anew and store the outputs that prove something."""

import sys
from pathlib import Path

KEPT = ("text/plain", "text/html", "text/latex")  # pictures are made when a reader runs the cell


def add_arguments(parser):
    """The notebooks to run; none: all of them."""
    parser.add_argument("notebooks", nargs="*", type=Path, help="notebooks to run (default: all lectures)")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(args) -> int:
    """Run and store each notebook; a cell that fails leaves its notebook's file as it was."""
    from mlpkit.cli.checkout import find_checkout

    paths = args.notebooks or sorted((find_checkout() / "lectures").glob("*.ipynb"))
    failed = 0
    for path in paths:
        if not path.is_file():
            print(f"{path}: there is no such notebook", file=sys.stderr)
            return 2
        trouble = store(path)
        failed += trouble is not None
        if trouble:
            print(f"{path.name}: {trouble}", file=sys.stderr)
        elif not args.quiet:
            print(f"{path.name}: run and stored")
    return 1 if failed else 0


def store(path: Path, timeout: int = 120) -> str | None:
    """Run one notebook from top to bottom and write it back; returns what went wrong, or None."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    from mlpkit.cli.checkout import merged_environment

    book = nbformat.read(path, as_version=4)
    path = path.resolve()
    client = NotebookClient(
        book, timeout=timeout, coalesce_streams=True, resources={"metadata": {"path": str(path.parent)}}
    )
    try:
        client.execute(env=merged_environment())
    except (CellExecutionError, CellTimeoutError) as error:
        return str(error)
    clean(book)
    nbformat.write(book, path)
    return None


def clean(book) -> None:
    """Take out what differs from run to run or weighs much: times, pictures, widget state."""
    book.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        for output in cell.outputs:
            if "data" in output:
                output["data"] = {kind: value for kind, value in output["data"].items() if kind in KEPT}
            if "metadata" in output:
                output["metadata"] = {}
