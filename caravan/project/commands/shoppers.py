from __future__ import annotations

from random import Random

import click

from caravan.project.cli import market_database


@click.command()
@click.option("--site", default="http://127.0.0.1:8000", show_default=True, help="where the demo runs")
@click.option("--pace", default=1.0, show_default=True, type=click.FloatRange(0.01, 50), help="pages a second")
def command(site: str, pace: float) -> None:
    """Let simulated shoppers browse and buy in a running demo, until stopped.

    \b
    Examples:
      caravan shoppers
      caravan shoppers --site http://127.0.0.1:8080 --pace 5
    """
    with market_database():
        from caravan.kernel.errors import NotFound
        from caravan.people.queries.accounts import account_by_email
        from caravan.project.demo.shoppers.crowd import shop
        from caravan.project.demo.shoppers.postmen import Postmen
        from caravan.project.demo.sign_ins import KEEPER

        try:
            keeper = account_by_email(KEEPER)
        except NotFound as e:
            raise click.ClickException("There is no demo world in this database. Start one with: caravan demo") from e
        try:
            shop(site, pace, Postmen(keeper.id, Random()), Random())
        except KeyboardInterrupt:
            click.echo("The shoppers went home.", err=True)
