"""For the tests of explorables."""

import pytest

from mlpkit import explore


@pytest.fixture
def built():
    """explore.NAME(…), closed when the test ends."""
    made = []

    def build(name, **start):
        made.append(getattr(explore, name)(**start))
        return made[-1]

    yield build
    for stage in made:
        stage.close()
