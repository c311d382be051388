"""The kernel's side of a stage: it answers the browser's messages.

    the browser sends       the kernel answers
    hello, theme            resources: all of them, for a page that was just opened
    state, at               states: the one at this position, or error: `update` raised there
    tables, axes, at        states, again and again in slices: all positions of each of these controls.
                            No axes: nothing, and no tables from now on, for the stage is out of sight. Asked
                            again for the same tables, it goes on where it stopped

New entries of the resource table travel with the first states that use them. `replan` says that the static
pictures were drawn anew, in another order, and that no state sent before fits them.
"""

from functools import partial
from typing import Any

from mlpkit.stage import themes
from mlpkit.stage.layers import background_and_foreground
from mlpkit.stage.prefetch import PREFETCHER, SLICE


class Kernel:
    """Answers for one stage: `states` records, `picture` is the widget in the browser."""

    seen_theme = ""  # of the last page that showed a stage

    def __init__(self, states):
        self.states = states
        self.picture: Any = None
        self.version = states.version  # of the plan that the static pictures follow
        self.job: Any = None  # [axes, at] of the latest request for tables, and the generator that answers it

    def first_theme(self):
        """The theme to draw first: that of the last page, else the one in JupyterLab's settings."""
        return Kernel.seen_theme or themes.of_jupyterlab()

    def listen_to(self, picture):
        """Answer this widget's messages from now on."""
        self.picture = picture
        picture.on_msg(lambda _, message, buffers: self.receive(message))

    def receive(self, message):
        """Answer one message."""
        kind, at = message["kind"], message.get("at")
        if kind == "hello":
            Kernel.seen_theme = message.get("theme", themes.LIGHT)
            if Kernel.seen_theme not in self.picture.pictures:
                self.complete_pictures()
            self.job = None  # the page that was just opened has no table
            self.send(dict(kind="resources", add=self.states.recorder.resources.rows()))
        elif kind == "state":
            try:
                self.send_states(self.states.single(at))
            except Exception as error:
                self.send_error(at, error)
        elif kind == "tables":
            self.prefetch(message["axes"], at)

    def send_states(self, batch):
        """Send states, and the resources that they are the first to use."""
        if self.version != self.states.version:
            self.draw_again()
            self.job = None
            self.send(dict(kind="replan"))
        message, data = batch.message()
        self.send({**message, "add": self.states.recorder.resources.take_unsent()}, [data])

    def send_error(self, at, error, axis=None):
        """`update` raised at this position: the browser shows the message in place of the picture."""
        where = ", ".join(f"{name}={value}" for name, value in self.states.parameters(at).items())
        text = f"update({where}) failed: {type(error).__name__}: {error}"
        self.send(dict(kind="error", axis=axis, at=at, text=text))

    def send(self, message, buffers=None):
        """Send one message."""
        self.picture.send(message, buffers)

    def prefetch(self, axes, at):
        """Begin the job of these tables, or go on with it; without axes stop the present one."""
        if not axes:
            PREFETCHER.cancel(self)
            return
        if self.job is None or self.job[0] != [axes, at]:
            self.job = [axes, at], self.tables(axes, at)
        PREFETCHER.submit(self, self.job[1])

    def tables(self, axes, at):
        """A job: record and send the tables of these controls. A stage with slow states has none."""
        self.complete_pictures()
        yield
        for axis in axes:
            for batch in self.states.prefetch(axis, at, SLICE, partial(self.send_error, axis=axis)):
                self.send_states(batch)
                yield

    def draw(self, theme):
        """The static pictures in a theme."""
        below, above = background_and_foreground(self.states.fig, self.states.plan, theme)
        return dict(below=below, above=above)

    def draw_again(self):
        """Draw the pictures for another plan."""
        self.version = self.states.version
        self.picture.pictures = {theme: self.draw(theme) for theme in self.picture.pictures}

    def complete_pictures(self):
        """Draw the theme that was not drawn at the start, and all for the present plan."""
        if self.version != self.states.version:
            self.draw_again()
        missing = {t: self.draw(t) for t in (themes.LIGHT, themes.DARK) if t not in self.picture.pictures}
        if missing:
            self.picture.pictures = {**self.picture.pictures, **missing}

    def close(self):
        """Cancel the prefetching."""
        PREFETCHER.cancel(self)
