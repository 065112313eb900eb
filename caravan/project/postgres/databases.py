"""Databases inside a running server."""

from contextlib import suppress

import psycopg
from psycopg import errors, sql

from .server import Server


def ensure_database(server: Server, name: str) -> None:
    """Make the database unless it is there. Any number of processes may ask for the same one at once."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        with suppress(errors.DuplicateDatabase, errors.UniqueViolation):  # somebody else may be first
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
