# ruff: noqa: E501 (code of notebooks in texts)
"""The network, the host's own services among it."""

from grading.attacks.attack import Attack

ATTACKS = [
    Attack(
        "a listener of the host, by IPv4 and IPv6",
        """
        import socket
        for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            try:
                with socket.socket(family, socket.SOCK_STREAM) as one:
                    one.settimeout(0.3)
                    one.connect((host, LISTENER))
            except OSError: continue
            raise RuntimeError("LEAKED: connected")
        """,
        keeps=True,
    ),
    Attack(
        "an abstract socket of the host",
        """
        import socket
        one = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        one.connect("\\0mlpkit-attack")
        raise RuntimeError("LEAKED: connected")
        """,
        keeps=True,
    ),
    Attack(
        "names and a web page",
        """
        import socket, urllib.request
        try: socket.getaddrinfo("example.org", 80)
        except OSError: pass
        else: raise RuntimeError("LEAKED: a name was found")
        try: urllib.request.urlopen("http://93.184.216.34/", timeout=0.3)
        except OSError: pass
        else: raise RuntimeError("LEAKED: a page was read")
        """,
        keeps=True,
    ),
    Attack(
        "raw, packet and netlink sockets, and a listener",
        """
        import socket
        for family, kind in ((socket.AF_INET, socket.SOCK_RAW), (socket.AF_PACKET, socket.SOCK_RAW),
                             (socket.AF_NETLINK, socket.SOCK_RAW), (socket.AF_INET, socket.SOCK_STREAM), (40, 1)):
            try: one = socket.socket(family, kind)
            except OSError: continue
            raise RuntimeError(f"LEAKED: {one}")
        """,
        keeps=True,
    ),
]
