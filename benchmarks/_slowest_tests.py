"""Which tests take longest: the slowest of a run of pytest, with the processor time of each.

    python benchmarks/_slowest_tests.py                 every test, one after the other
    python benchmarks/_slowest_tests.py --quick         those of `make quick`
    python benchmarks/_slowest_tests.py --most 40 tests/stage

One test at a time in one process. The processor's seconds are those of that process and of the programs that
it waited for, so that a busy machine changes them little. A JupyterLab that several tests share counts for
the test that ends it. The other column is the time that passed. No part of `make bench`; prints two tables.
"""

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "tests")]

import pytest  # noqa: E402
from _common import environment, table  # noqa: E402

for name in [name for name in os.environ if name.endswith("_NUM_THREADS")]:
    del os.environ[name]  # the tests take the cores that they take without us


def used():
    """Processor seconds of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Costs:
    """A plugin of pytest: seconds of every test, with its fixtures."""

    def __init__(self):
        self.processor, self.passed = Counter(), Counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        """Measure one test."""
        before, begun = used(), time.perf_counter()
        done = yield
        self.processor[item.nodeid] += used() - before
        self.passed[item.nodeid] += time.perf_counter() - begun
        return done

    def rows(self, most, name=lambda test: test):
        """The dearest tests, or files of tests: [name, number of tests, processor seconds, seconds]."""
        processor, passed, number = Counter(), Counter(), Counter(map(name, self.processor))
        for test in self.processor:
            processor[name(test)] += self.processor[test]
            passed[name(test)] += self.passed[test]
        return [
            [key, str(number[key]), f"{cost:.1f}", f"{passed[key]:.1f}"]
            for key, cost in processor.most_common(most)
        ]


def main():
    """Run pytest and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="the tests of `make quick`")
    parser.add_argument("--most", type=int, default=20, help="rows of the table of tests")
    wanted, rest = parser.parse_known_args()
    if wanted.quick:
        from tests.__main__ import QUICK, QUICK_SEEDS

        os.environ.setdefault("MLPKIT_SEEDS", QUICK_SEEDS)
        rest = [*QUICK, *rest]
    os.chdir(HERE.parent)
    costs = Costs()
    code = pytest.main(["-q", "-p", "no:cacheprovider", "-n", "0", *rest], plugins=[costs])
    head = ["slowest tests", "tests", "processor, s", "passed, s"]
    files = costs.rows(wanted.most, lambda test: test.split("::")[0])
    total = f"{len(costs.processor)} tests, {costs.processor.total():.0f} s of the processor"
    tests = table(head, costs.rows(wanted.most))
    print("\n".join(["", environment(), total, "", tests, "", table(["slowest files", *head[1:]], files)]))
    return code


if __name__ == "__main__":
    sys.exit(main())
