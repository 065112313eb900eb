"""A database with every table and nobody in it, made once for a state of the migrations: databases of tests are copies of it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[1]
LOCK = 7_203_551_870  # any number nobody else locks
PREFIX = "caravan_template_"
# What the tables come from: the migrations, what they read, and the libraries that bring some of their own.
SOURCES = ("caravan/*/migrations/*.py", "caravan/shipping/rules/*.py", "caravan/shipping/data/*", "requirements/base.txt")


def ensure_template(server: str) -> str:
    """The template's name on the server at this address, made if it is not there. Several runs may ask at once."""
    name = PREFIX + _fingerprint()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until the connection ends
        known = [row[0] for row in connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])]
        if name not in known:
            for old in known:
                with suppress(psycopg.errors.ObjectInUse):
                    connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            draft = sql.Identifier(PREFIX + "draft")
            connection.execute(sql.SQL("CREATE DATABASE {}").format(draft))
            _migrate(urlunsplit(urlsplit(server)._replace(path=f"/{PREFIX}draft")))
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(draft, sql.Identifier(name)))
    return name


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern) if path.is_file()):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "caravan", "manage", "migrate", "-v", "0"],
        env={**os.environ, "DATABASE_URL": url}, cwd=ROOT, check=True,
    )  # fmt: skip
