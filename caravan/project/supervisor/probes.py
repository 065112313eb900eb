"""Whether a process answers yet."""

import http.client
import socket
from collections.abc import Callable


def answers_http(host: str, port: int, path: str) -> Callable[[], bool]:
    """True once a GET of the path is answered with anything but a server error. Waits at most a second, asks no proxy."""

    def probe() -> bool:
        connection = http.client.HTTPConnection(host, port, timeout=1)
        try:
            connection.request("GET", path)
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return probe


def listens(host: str, port: int) -> Callable[[], bool]:
    """True once something accepts connections there. Waits at most a second."""

    def probe() -> bool:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            return False
        return True

    return probe
