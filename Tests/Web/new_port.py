"""Ports that no server of these tests has had: a browser keeps the service worker of an origin, and would run the one of an earlier test."""

import socket

GIVEN = set()


def new_port():
    """A free port, and one that has not been given before: the system itself may give one again."""
    while True:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        if port not in GIVEN:
            GIVEN.add(port)
            return port
