from __future__ import annotations

import sys

import click

from caravan.project.cli import market_database


@click.group()
def command() -> None:
    """The books of the market."""


@command.command()
def check() -> None:
    """Prove the ledger: every posting balances, every currency adds up to nothing, and escrow is what open orders say.

    Reads every entry; the market may go on meanwhile. Each finding is a line, and the exit code is 1 where there is one.

    \b
    Example:
      caravan ledger check
    """
    with market_database():
        from caravan.ledger import queries
        from caravan.trade.queries.proof import check_funds

        findings = [*queries.check(), *check_funds()]
        totals = queries.totals()
    for finding in findings:
        click.echo(f"{finding.code}: {finding.text}")
    if findings:
        click.echo(f"{len(findings)} findings. Nothing was changed.", err=True)
        sys.exit(1)
    currencies = sorted({total.balance.currency for total in totals})
    click.echo(f"The ledger adds up: {len(totals)} sorts of accounts, {', '.join(currencies) or 'no money yet'}.")
