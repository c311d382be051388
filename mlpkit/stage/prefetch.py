"""Work ahead of the hand, for all stages of a kernel: one slice at a time, the latest wish first."""

import asyncio
import time

SLICE = 0.012  # seconds of recording after which the kernel looks at its messages again


class Ahead:
    """A stack of jobs (generators that yield after each slice), worked off by one task of the event loop.

    However many stages wait, a message to the kernel waits for one slice at most, and a stage that is moved
    comes before those that only wait to be complete.
    """

    def __init__(self):
        self.jobs = {}  # owner -> its job, the latest wish last
        self.task = None

    def put(self, owner, job):
        """Work on this job from now on, and on no other of its owner."""
        self.drop(owner)
        self.jobs[owner] = job
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no event loop (a plain Python process): do it at once
            for _ in self.jobs.pop(owner):
                pass
            return
        if self.task is None or self.task.done() or self.task.get_loop() is not loop:
            self.task = loop.create_task(self._work())

    def drop(self, owner):
        """Forget the owner's job."""
        self.jobs.pop(owner, None)

    def has(self, owner):
        """Whether there is something left to do for this owner."""
        return owner in self.jobs

    async def _work(self):
        while self.jobs:
            owner, job = next(reversed(self.jobs.items()))
            begun = time.perf_counter()
            try:
                next(job)
            except StopIteration:
                if self.jobs.get(owner) is job:
                    self.drop(owner)
            except BaseException:
                self.drop(owner)
                raise
            spent = time.perf_counter() - begun
            # a state that takes long leaves half of the time to others
            await asyncio.sleep(spent if spent > 5 * SLICE else 0)


AHEAD = Ahead()
