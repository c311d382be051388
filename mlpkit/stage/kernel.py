"""The kernel's half of a stage: it answers what the browser asks for.

    the browser asks        the kernel answers
    hello, theme            vocabulary: all of it, for a page that starts anew
    state, at               states: the one at this position, or trouble: `update` raised there
    tables, axes, at        states again and again, in slices: all along these controls; then done, axes, at

Whatever new entries of the vocabulary an answer needs travel with it.
"""

from functools import partial
from typing import Any

from mlpkit.stage import themes
from mlpkit.stage.layers import background_and_foreground
from mlpkit.stage.prefetch import AHEAD, SLICE


class Kernel:
    """Answers for one stage: `states` records, `picture` is the browser's half."""

    seen_theme = ""  # of the last page that showed a stage

    def __init__(self, states):
        self.states = states
        self.picture: Any = None

    def first_theme(self):
        """What to paint at the start: the pages' theme, as far as it is known."""
        return Kernel.seen_theme or themes.of_jupyterlab()

    def listen_to(self, picture):
        """Answer this picture's messages from now on."""
        self.picture = picture
        picture.on_msg(lambda _, message, buffers: self.hear(message))

    def hear(self, message):
        """Answer one message."""
        kind, at = message["kind"], message.get("at")
        if kind == "hello":
            Kernel.seen_theme = message.get("theme", themes.LIGHT)
            if Kernel.seen_theme not in self.picture.pictures:
                self.complete_pictures()
            self.tell(dict(kind="vocabulary", add=self.states.recorder.vocabulary.everything()))
        elif kind == "state":
            try:
                self.say(self.states.single(at))
            except Exception as error:
                self.failed(at, error)
        elif kind == "tables":
            AHEAD.put(self, self.tables(message["axes"], at))

    def say(self, batch):
        """Send states, and the words of the vocabulary that they are the first to use."""
        message, data = batch.message()
        self.tell({**message, "add": self.states.recorder.vocabulary.take_news()}, [data])

    def failed(self, at, error, axis=None):
        """`update` raised: the browser says so in the picture's place, and the stage goes on."""
        where = ", ".join(f"{name}={value}" for name, value in self.states.parameters(at).items())
        text = f"update({where}) failed: {type(error).__name__}: {error}"
        self.tell(dict(kind="trouble", axis=axis, at=at, text=text))

    def tell(self, message, buffers=None):
        """Send one message."""
        self.picture.send(message, buffers)

    def tables(self, axes, at):
        """A job: record and send the tables of these controls. Where a state takes long there are none."""
        self.complete_pictures()
        yield
        for axis in axes:
            for batch in self.states.ahead(axis, at, SLICE, partial(self.failed, axis=axis)):
                self.say(batch)
                yield
        self.tell(dict(kind="done", axes=axes, at=at))

    def paint(self, theme):
        """The still pictures in a theme."""
        below, above = background_and_foreground(self.states.fig, self.states.moving, self.states.over, theme)
        return dict(below=below, above=above)

    def complete_pictures(self):
        """Paint the theme that was not painted at the start."""
        missing = {t: self.paint(t) for t in (themes.LIGHT, themes.DARK) if t not in self.picture.pictures}
        if missing:
            self.picture.pictures = {**self.picture.pictures, **missing}

    def close(self):
        """Forget the work under way."""
        AHEAD.drop(self)
