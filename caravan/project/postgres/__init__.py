"""PostgreSQL out of the box: a server of the project's own, with nothing to install and no Django in it.

    with cluster(root / "var/postgres") as server:      # started if need be; the last one out stops it
        ensure_database(server, "caravan")
        connect(server.url("caravan"))

`start` leaves a server running until `stop`; `cluster` counts its users. Either way four starters at once get one
server, and kill -9 of anything leaves a data folder from which the next start recovers.

It can be reached through a socket in a folder closed to other users, not over the network, and therefore asks for no
password. A round trip takes half the time it takes over TCP. Production points DATABASE_URL at a server of its own.
"""

from .databases import ensure_database
from .errors import PostgresError
from .lifecycle import cluster, revive, start, stop
from .server import Server, running

__all__ = ["PostgresError", "Server", "cluster", "ensure_database", "revive", "running", "start", "stop"]
