from __future__ import annotations

from typing import TextIO

import click

from caravan.project.cli import market_database


@click.group()
def command() -> None:
    """Make accounts that run the market.

    \b
    Examples:
      caravan operator create ops@example.com
      caravan operator create ops@example.com --password-file secret.txt
    """


@command.command()
@click.argument("email")
@click.option(
    "--password-file", type=click.File(), help="Read the password of a new account from a file, “-” for standard input."
)
def create(email: str, password_file: TextIO | None) -> None:
    """Let EMAIL run the market: the account there is, else a new one (its password is asked for)."""
    with market_database():
        from caravan.kernel.clock import now
        from caravan.kernel.errors import NotFound
        from caravan.people.actions.accounts import make_operator
        from caravan.people.queries.accounts import account_by_email

        password = password_file.read().strip() if password_file else None
        try:
            account_by_email(email)
        except NotFound:
            password = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
        made = make_operator(email=email, password=password, at=now())
        click.echo(f"{made.email} runs the market; the tables are at /admin/", err=True)
