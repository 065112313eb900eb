from __future__ import annotations

import re

import pytest

from bench.ledger import measure


@pytest.mark.django_db
def test_books_are_made_proven_and_timed(capsys):
    assert measure(90, runs=2) == 0
    told = capsys.readouterr().out
    assert told.startswith("720 entries, ")
    assert len(re.findall(r"[\d.]+ ms$", told, re.MULTILINE)) == 5
    assert told.endswith(" s, 0 findings\n")
