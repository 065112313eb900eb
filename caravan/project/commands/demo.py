from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from caravan.project.cli import var_folder
from caravan.project.ports import refuse_taken_port


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--scale", default=1.0, show_default=True, help="size of the simulated world: 0.1, 1 or 10")
@click.option("--seed", default=2026, show_default=True, help="another seed, another world")
@click.option("--fresh", is_flag=True, help="forget the world made earlier and make a new one")
@click.option("--shoppers/--no-shoppers", default=True, show_default=True, help="let simulated shoppers browse and buy")
def command(host: str, port: int, scale: float, seed: int, fresh: bool, shoppers: bool) -> None:
    """A live, populated market on this machine, with nothing to install first.

    The first start makes the world; the next ones take seconds. Ctrl-C stops everything.

    \b
    Examples:
      caravan demo
      caravan demo --port 8080 --scale 0.1
      caravan demo --fresh --seed 7
    """
    os.environ.setdefault("CARAVAN_MODE", "demo")
    os.environ.setdefault("CARAVAN_SITE_URL", f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")  # noqa: S104
    if host == "0.0.0.0":  # noqa: S104
        os.environ.setdefault("CARAVAN_HOSTS", "*")
    refuse_taken_port(host, port)
    if os.environ.get("DATABASE_URL"):
        _run(host, port, scale, seed, fresh, shoppers)
        return
    from caravan.project.postgres import cluster, ensure_database, revive

    data = var_folder() / "postgres"
    with cluster(data) as server:
        ensure_database(server, "caravan")
        os.environ["DATABASE_URL"] = server.url("caravan")
        _run(host, port, scale, seed, fresh, shoppers, watch=lambda: revive(data))


def _run(
    host: str, port: int, scale: float, seed: int, fresh: bool, shoppers: bool, watch: Callable[[], object] = lambda: None
) -> None:
    import django

    django.setup()
    from caravan.project.demo.start import make_world, sign_ins
    from caravan.project.prepare import prepare
    from caravan.project.supervisor import Child, answers_http, supervise

    prepare()
    make_world(scale=scale, seed=seed, fresh=fresh)
    site = os.environ["CARAVAN_SITE_URL"]
    me = (sys.executable, "-m", "caravan")
    children = [
        Child(
            name="web",
            argv=(*me, "serve", "--host", host, "--port", str(port)),
            answers=answers_http("127.0.0.1" if host == "0.0.0.0" else host, port, "/healthz"),  # noqa: S104
        ),
        Child(name="worker", argv=(*me, "worker")),
        Child(name="indexer", argv=(*me, "indexer")),
    ]
    if shoppers:
        children.append(Child(name="shoppers", argv=(*me, "shoppers", "--site", site)))

    def ready() -> None:
        click.echo(sign_ins(site))
        click.echo(f"Ready: {site}")
        sys.stdout.flush()

    supervise(children, logs=var_folder() / "log", ready=ready, watch=watch)
