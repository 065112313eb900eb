from __future__ import annotations

import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.bench.environment import environment


@pytest.fixture
def empty():
    """The address of a database with nothing in it."""
    server = environment()["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS caravan_empty")
        connection.execute("CREATE DATABASE caravan_empty TEMPLATE template0")
        yield urlsplit(server)._replace(path="/caravan_empty").geturl()
        connection.execute("DROP DATABASE caravan_empty WITH (FORCE)")


def test_a_command_where_no_market_was_made_says_how_to_make_one(empty, tmp_path):
    given = {**environment(), "DATABASE_URL": empty, "CARAVAN_VAR": str(tmp_path)}
    ran = subprocess.run((sys.executable, "-m", "caravan", "ledger", "check"), env=given, capture_output=True, text=True)
    assert ran.returncode == 1
    assert "Make its tables: caravan manage migrate" in ran.stderr
    assert "Traceback" not in ran.stderr
