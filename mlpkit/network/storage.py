"""Networks as files: an .npz of plain arrays and one line of JSON, nothing that could be executed."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from os import PathLike
from typing import Any

import numpy as np

from mlpkit.activations import ACTIVATIONS, Activation, activation
from mlpkit.layers import Dense
from mlpkit.outputs import OUTPUT_UNITS, OutputUnit

FORMAT = "mlpkit network 1"


def save(path: str | PathLike, layers: list[Dense], output: OutputUnit) -> None:
    """Write W0, b0, W1, b1, … and a description to `path`, exactly that name."""
    import json

    for layer in layers:
        _must_be_known(layer.activation)
    known = OUTPUT_UNITS.get(output.name)
    if known is None or (known.mean, known.nll) != (output.mean, output.nll):
        raise ValueError(f"cannot save the output unit {output.name!r}: it is not in OUTPUT_UNITS")
    description = {
        "format": FORMAT,
        "output": output.name,
        "activations": [{"name": layer.activation.name, **layer.activation.values} for layer in layers],
    }
    arrays: dict[str, Any] = {"description": np.array(json.dumps(description))}
    for i, layer in enumerate(layers):
        arrays |= {f"W{i}": layer.W, f"b{i}": layer.b}
    with open(path, "wb") as file:
        np.savez(file, **arrays)


def load(path: str | PathLike) -> tuple[list[Dense], str]:
    """The layers and the name of the output unit that `save` wrote."""
    import json
    import zipfile
    import zlib

    broken = (ValueError, TypeError, LookupError, AttributeError, RuntimeError, OSError, EOFError)
    with open(path, "rb") as file:
        try:
            arrays = np.load(file, allow_pickle=False)
            description = json.loads(str(arrays["description"]))
            if description["format"] != FORMAT:
                raise ValueError(f"its format is {description['format']!r}")
            layers = [
                Dense(arrays[f"W{i}"], arrays[f"b{i}"], activation(**values))
                for i, values in enumerate(description["activations"])
            ]
            for first, second in pairwise(layers):
                if first.n_out != second.n_in:
                    raise ValueError(f"{first!r} stands before {second!r}")
            if not layers:
                raise ValueError("it has no layers")
            if description["output"] not in OUTPUT_UNITS:
                raise ValueError(f"its output unit is {description['output']!r}")
        except (*broken, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(
                f"{path} does not hold an mlpkit network, as MLP.save writes it: {error}"
            ) from error
    return layers, description["output"]


def _must_be_known(g: Activation) -> None:
    """Only the registry's functions can be found again by their name."""
    known = ACTIVATIONS.get(g.name)
    if known is None or _unbound(g) != _unbound(known):
        raise ValueError(f"cannot save the activation {g.name!r}: its functions are not those of ACTIVATIONS")


def _unbound(g: Activation) -> list[Any]:
    """g and g′ without their parameters."""
    bare = []
    for function in (g.g, g.dg):
        parameters = set(g.params)
        while isinstance(function, partial) and set(function.keywords) <= parameters and not function.args:
            function = function.func
        bare.append(function)
    return bare
