"""What a sub-command raises when it cannot go on."""


class CommandError(Exception):
    """A failure with one sentence for the reader and an exit code: 1 the work failed, 2 wrong use."""

    def __init__(self, sentence, code=1):
        super().__init__(sentence)
        self.code = code
