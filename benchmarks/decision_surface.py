"""The output of a 2-16-16-2 network on a grid of 200 x 200 points: one frame of a moving decision surface."""

from _common import environment, interleaved, one_core, store, table  # isort: skip: sets the threads first

import numpy as np
from _peers import installed, torch_network

from mlpkit import MLP
from mlpkit.program.surface import surface

AXIS = np.linspace(-2, 2, 200)
POINTS = np.stack(np.meshgrid(AXIS, AXIS), axis=-1).reshape(-1, 2)


def main():
    """Measure, print and store."""
    one_core()
    net = MLP([2, 16, 16, 2], "tanh", rng=0)
    candidates = {
        "mlpkit surface, float32": lambda: surface(net, AXIS, AXIS),
        "mlpkit predict, float64": lambda: net.predict(POINTS),
    }
    if installed("torch"):
        import torch

        torch.set_num_threads(1)
        other, points = torch_network([2, 16, 16, 2], "tanh"), torch.from_numpy(POINTS.astype(np.float32))

        def theirs():
            with torch.no_grad():
                return torch.softmax(other(points), dim=1)

        candidates["PyTorch, float32"] = theirs
    if installed("sklearn"):
        from sklearn.neural_network import MLPClassifier

        classifier = MLPClassifier((16, 16), activation="tanh")
        classifier.partial_fit(POINTS[:10], [0, 1] * 5, classes=[0, 1])
        candidates["scikit-learn predict_proba, float64"] = lambda: classifier.predict_proba(POINTS)
    times = interleaved(candidates, rounds=40)
    ours = times["mlpkit surface, float32"]
    rows = [[name, f"{1e3 * t:.2f}", f"{t / ours:.1f}×"] for name, t in times.items()]
    text = "\n".join(
        [environment(["torch", "scikit-learn"]), "", table(["200 × 200 points", "ms", "÷ first"], rows)]
    )
    print(text)
    store("decision_surface", text)


if __name__ == "__main__":
    main()
