"""What goes wrong here goes wrong on the user's machine, so each message says what to do about it."""


class PostgresError(Exception):
    """The bundled PostgreSQL cannot be started, stopped or found; the message says why and what to do."""
