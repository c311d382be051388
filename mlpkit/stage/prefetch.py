"""Prefetching of tables, for all stages of a kernel: in short slices, the latest request first."""

import asyncio
import time

SLICE = 0.012  # seconds of recording after which the kernel looks at its messages again


class Prefetcher:
    """A stack of jobs (generators that yield after each slice), run by one task of the event loop.

    However many stages have requests, a message to the kernel waits for one slice at most, and the stage
    whose control was moved last comes first.
    """

    def __init__(self):
        self.jobs = {}  # owner -> its job, the latest request last
        self.task = None

    def submit(self, owner, job):
        """Run this job from now on, and no other of its owner."""
        self.cancel(owner)
        self.jobs[owner] = job
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no event loop (a plain Python process): run it at once
            for _ in self.jobs.pop(owner):
                pass
            return
        if self.task is None or self.task.done() or self.task.get_loop() is not loop:
            self.task = loop.create_task(self._run())

    def cancel(self, owner):
        """Remove the owner's job."""
        self.jobs.pop(owner, None)

    async def _run(self):
        while self.jobs:
            owner, job = next(reversed(self.jobs.items()))
            begun = time.perf_counter()
            try:
                next(job)
            except StopIteration:
                if self.jobs.get(owner) is job:
                    self.cancel(owner)
            except BaseException:
                self.cancel(owner)
                raise
            spent = time.perf_counter() - begun
            # after a slow state, other work of the kernel gets as much time as it took
            await asyncio.sleep(spent if spent > 5 * SLICE else 0)


PREFETCHER = Prefetcher()
