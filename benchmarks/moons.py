"""From nothing to 99 % of 400 moons: a 2-16-16-2 tanh network, Adam, batches of 32, the same data for all."""

from _common import environment, interleaved, one_core, store, table  # isort: skip: sets the threads first

import numpy as np
from _peers import installed, torch_network

from mlpkit import MLP
from mlpkit.datasets import DATASETS
from mlpkit.program import TrainingProgram

X, Y = DATASETS["moons"](400, 0.1, 0)
X32 = X.astype(np.float32)
SIZE, RATE, MOST = 32, 0.01, 300
EPOCHS = {}


def epochs(name, seed, step, accuracy):
    """Reshuffled epochs until 99 % are right; notes how many it took."""
    rng = np.random.default_rng(seed)
    epoch = 0
    while epoch < MOST and (not epoch or accuracy() < 0.99):
        epoch += 1
        order = rng.permutation(len(X))
        for start in range(0, len(X) - SIZE + 1, SIZE):
            step(order[start : start + SIZE])
    EPOCHS.setdefault(name, []).append(epoch)


def turns(name, train):
    """A candidate that trains with another seed each time."""
    seeds = iter(range(10**6))
    return lambda: train(name, next(seeds))


def ours(name, seed):
    """The recorded program."""
    net = MLP([2, 16, 16, 2], "tanh", rng=seed)
    program = TrainingProgram(net, SIZE, "adam", RATE)

    def step(rows):
        program.step(X32[rows], Y[rows])

    def accuracy():
        return (net.predict(X).argmax(axis=1) == Y).mean()

    epochs(name, seed, step, accuracy)


def pytorch(name, seed):
    """PyTorch, eager, one thread."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    net, loss = torch_network([2, 16, 16, 2], "tanh"), torch.nn.CrossEntropyLoss()
    rule = torch.optim.Adam(net.parameters(), lr=RATE)
    points, labels = torch.from_numpy(X32), torch.from_numpy(Y)

    def step(rows):
        rows = torch.from_numpy(rows)
        rule.zero_grad()
        loss(net(points[rows]), labels[rows]).backward()
        rule.step()

    def accuracy():
        with torch.no_grad():
            return (net(points).argmax(dim=1) == labels).float().mean().item()

    epochs(name, seed, step, accuracy)


def scikit(name, seed):
    """scikit-learn's partial_fit; it is stopped by the same rule."""
    from sklearn.neural_network import MLPClassifier

    net = MLPClassifier((16, 16), activation="tanh", learning_rate_init=RATE, alpha=0.0, random_state=seed)
    net.partial_fit(X32[:SIZE], Y[:SIZE], classes=[0, 1])
    epochs(name, seed, lambda rows: net.partial_fit(X32[rows], Y[rows]), lambda: net.score(X32, Y))


def main():
    """Measure, print and store."""
    one_core()
    found = {"mlpkit": turns("mlpkit", ours)}
    if installed("torch"):
        found["PyTorch eager"] = turns("PyTorch eager", pytorch)
    if installed("sklearn"):
        found["scikit-learn"] = turns("scikit-learn", scikit)
    times = interleaved(found, rounds=15, seconds=0.001)
    first = times["mlpkit"]
    rows = [
        [n, f"{1e3 * t:.1f}", f"{np.median(EPOCHS[n]):.0f}", f"{t / first:.1f}×"] for n, t in times.items()
    ]
    text = "\n".join([
        environment(["torch", "scikit-learn"]), "",
        "Median of 15 seeds, from the making of the network to the end.", "",
        table(["", "ms", "epochs", "÷ first"], rows),
    ])  # fmt: skip
    print(text)
    store("moons", text)


if __name__ == "__main__":
    main()
