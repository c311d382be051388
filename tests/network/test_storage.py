"""Networks in files: what is loaded again, and which files are refused and why."""

import zipfile
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from batches import data, every_output

from mlpkit.activations import ACTIVATIONS, activation, relu_prime
from mlpkit.layers import Dense
from mlpkit.network import MLP
from mlpkit.outputs import OUTPUT_UNITS


@every_output
def test_a_saved_network_is_loaded_bit_for_bit(output, tmp_path):
    file = tmp_path / "net.mlp"  # any name: nothing is appended
    net = MLP([3, 4, 5, 2], activation=[activation("swish", beta=0.7), "relu"], output=output, rng=0)
    net.save(file)
    back = MLP.load(str(file))
    np.testing.assert_array_equal(back.parameters, net.parameters)
    assert repr(back) == repr(net)
    X, Y = data(output)
    assert back.loss(X, Y) == net.loss(X, Y)
    assert np.shares_memory(back.layers[0].W, back.parameters)


def test_a_network_without_hidden_units_can_be_saved(tmp_path):
    net = MLP.from_layers([Dense(np.empty((1, 0)), [], "sigmoid"), Dense(np.empty((0, 1)), [3.0])])
    net.save(tmp_path / "constant.npz")
    assert MLP.load(tmp_path / "constant.npz").predict([[0.5]]) == 3


def test_only_functions_that_can_be_found_again_are_saved(tmp_path):
    other = replace(ACTIVATIONS["relu"], dg=partial(relu_prime, at_zero=1.0))
    for act in (other, replace(ACTIVATIONS["relu"], name="mine")):
        with pytest.raises(
            ValueError, match=r"cannot save the activation '.*': its functions are not those of"
        ):
            MLP([1, 2, 1], activation=act).save(tmp_path / "net.npz")
    mine = replace(OUTPUT_UNITS["gaussian"], name="mine")
    with pytest.raises(ValueError, match="cannot save the output unit 'mine'"):
        MLP([1, 1], output=mine).save(tmp_path / "net.npz")
    assert not (tmp_path / "net.npz").exists()


def foreign(path):
    np.savez(path, a=np.arange(3))


def pickled(path):
    np.savez(path, description=np.array([{"format": "mlpkit network 1"}], dtype=object))


def single_array(path):
    with path.open("wb") as file:
        np.save(file, np.arange(3))


def altered(old, new):
    def write(path):
        MLP([2, 3, 1], output="gaussian", rng=0).save(path)
        with np.load(path) as arrays:
            kept = dict(arrays)
        kept["description"] = np.array(str(kept["description"]).replace(old, new))
        np.savez(path, **kept)

    return write


def without_b1(path):
    MLP([2, 3, 1], output="gaussian", rng=0).save(path)
    with np.load(path) as arrays:
        kept = {name: values for name, values in arrays.items() if name != "b1"}
    np.savez(path, **kept)


def replaced(**arrays):
    """A network's file with other arrays in it."""

    def write(path):
        MLP([2, 3, 1], output="gaussian", rng=0).save(path)
        with np.load(path) as kept:
            np.savez(path, **(dict(kept) | arrays))

    return write


def cut_short(path):
    MLP([2, 30, 1], output="gaussian", rng=0).save(path)
    path.write_bytes(path.read_bytes()[:-200])


def damaged(path):
    MLP([2, 30, 1], output="gaussian", rng=0).save(path)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("W0.npy").header_offset
    content = bytearray(path.read_bytes())
    content[start + 200] ^= 255
    path.write_bytes(content)


@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("hello"),
        foreign,
        pickled,
        single_array,
        altered("network 1", "network 2"),
        altered("tanh", "tanhh"),
        altered('"name": "tanh"', '"name": "tanh", "alpha": 1'),
        altered("gaussian", "gauss"),
        altered("{", "["),
        altered('"activations": [', '"activations": [3, '),
        altered('[{"name": "tanh"}, {"name": "linear"}]', "[]"),
        without_b1,
        replaced(W0=np.zeros(6)),
        replaced(W0=np.zeros((2, 4)), b0=np.zeros(4)),
        replaced(b1=np.zeros((1, 1))),
        replaced(W1=np.array([["a"], ["b"], ["c"]])),
        cut_short,
        damaged,
    ],
)
def test_a_wrong_file_is_refused_by_name(write, tmp_path):
    path = tmp_path / "wrong.npz"
    write(path)
    with pytest.raises(
        ValueError, match=r"wrong\.npz does not hold an mlpkit network, as MLP\.save writes it: ."
    ):
        MLP.load(path)


def test_a_file_that_is_cut_or_has_a_wrong_byte_is_refused_or_harmless(tmp_path):
    path = tmp_path / "net.npz"
    net = MLP([2, 3, 1], output="gaussian", rng=0)
    net.save(path)
    whole = path.read_bytes()
    for n in range(0, len(whole), 31):
        path.write_bytes(whole[:n])
        with pytest.raises(ValueError, match=r"net\.npz does not hold an mlpkit network"):
            MLP.load(path)
    messages = []
    for n in range(0, len(whole), 7):
        path.write_bytes(whole[:n] + bytes([whole[n] ^ 255]) + whole[n + 1 :])
        try:  # dates and permissions of a zip's entries may say anything
            assert (MLP.load(path).parameters == net.parameters).all()
        except ValueError as error:
            messages.append(str(error))
    assert all("net.npz does not hold an mlpkit network" in message for message in messages)
    assert len(messages) > len(whole) / 7 / 2


def test_a_missing_file_is_an_error_of_its_own(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.npz"):
        MLP.load(tmp_path / "nowhere.npz")


# ── mistakes ────────────────────────────────────────────────────────────────────────────────────────────
