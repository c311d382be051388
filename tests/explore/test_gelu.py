"""GELU and its approximations."""

from mlpkit import explore


def test_the_best_k_for_gelu_is_not_1702():
    worst = [
        float(explore.gelu_approximations(k=k).description.split("picture: ")[1].split()[0])
        for k in (1.702, 1.774)
    ]
    assert worst[1] < 0.75 * worst[0]
