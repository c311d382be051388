"""A server extension that sends each of the kernel's messages at once.

Jupyter's kernel websocket leaves Nagle's algorithm on: a small message waits until the one before it is
acknowledged, up to 40 ms. A slider whose frames come from the kernel then moves at some 20 frames a second
instead of 40. `mlpkit lab` loads this extension into its own server; `mlpkit lab --no-tune` leaves it out.
"""


def _jupyter_server_extension_points():
    return [{"module": "mlpkit.cli.tune"}]


def _load_jupyter_server_extension(server):
    """Set TCP_NODELAY on every kernel websocket that is opened from now on."""
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    plain = KernelWebsocketHandler.open

    async def open_without_delay(self, *args, **kwargs):
        self.set_nodelay(True)
        return await plain(self, *args, **kwargs)

    KernelWebsocketHandler.open = open_without_delay
