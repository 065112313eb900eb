from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that was cut has something to read on its socket: the server's last words, or the end of the stream.

    So a look at the socket replaces the statement (`SELECT 1`) that Django would send before each request.
    """

    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        quiet = select.poll()
        quiet.register(self.connection.pgconn.socket, select.POLLIN | select.POLLHUP | select.POLLERR)
        return True if not quiet.poll(0) else bool(super().is_usable())
