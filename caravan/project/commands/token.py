from __future__ import annotations

import click

from caravan.project.cli import market_database


@click.group()
def command() -> None:
    """Make and revoke API tokens.

    \b
    Examples:
      caravan token create ana@example.com --name "warehouse script"
      TOKEN=$(caravan token create ana@example.com)
      caravan token list ana@example.com
      caravan token revoke ana@example.com "warehouse script"
    """


@command.command()
@click.argument("email")
@click.option("--name", default="command line", show_default=True, help="What will use it.")
def create(email: str, name: str) -> None:
    """Print a new token of the account EMAIL. It is shown this once."""
    with market_database():
        from caravan.kernel.clock import now
        from caravan.people.actions.tokens import create_token
        from caravan.people.queries.accounts import account_by_email

        click.echo(create_token(user_id=account_by_email(email).id, name=name, at=now()))


@command.command("list")
@click.argument("email")
def listed(email: str) -> None:
    """The account's tokens that work."""
    with market_database():
        from caravan.people.queries.accounts import account_by_email
        from caravan.people.queries.tokens import tokens_of

        for token in tokens_of(user_id=account_by_email(email).id):
            used = f"{token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "never"
            click.echo(f"{token.id}  made {token.created_at:%Y-%m-%d}  used {used}  {token.name}")


@command.command()
@click.argument("email")
@click.argument("name")
def revoke(email: str, name: str) -> None:
    """End every token of the account EMAIL that has this NAME (or id)."""
    with market_database():
        from caravan.kernel.clock import now
        from caravan.kernel.errors import NotFound
        from caravan.people.actions.tokens import revoke_token
        from caravan.people.queries.accounts import account_by_email
        from caravan.people.queries.tokens import tokens_of

        user_id = account_by_email(email).id
        named = [token for token in tokens_of(user_id=user_id) if name in (token.name, str(token.id))]
        if not named:
            raise NotFound("token.unknown", f"{email} has no working token named “{name}”. See: caravan token list {email}")
        for token in named:
            revoke_token(user_id=user_id, token_id=token.id, at=now())
        click.echo(f"{len(named)} revoked", err=True)
