"""Making the demo world at the first start, and telling who can sign in."""

from __future__ import annotations

import shutil
import time

import click
from django.conf import settings
from django.core.management import call_command

from caravan.kernel.clock import now
from caravan.project.demo.load import is_loaded, load, open_world
from caravan.project.demo.sign_ins import read_sign_ins
from caravan.project.records.report import progress_bar


def make_world(*, scale: float, seed: int, fresh: bool) -> None:
    """Load the world of this seed and scale unless one is loaded already; `fresh` empties every table first."""
    if fresh:
        call_command("flush", interactive=False, verbosity=0)
        shutil.rmtree(settings.LAKE_ROOT, ignore_errors=True)
    if is_loaded():
        return
    started = time.monotonic()
    click.echo(f"Making a market of scale {scale:g}: stores, goods, pictures and ninety days of trade.", err=True)
    world = open_world(seed=seed, scale=scale, at=now())
    with progress_bar() as progress:
        load(world, progress)
    click.echo(f"Made in {time.monotonic() - started:.0f} s.", err=True)


def sign_ins(site: str) -> str:
    """Where to look, and who to sign in as. These accounts exist in the demo only."""
    lines = ["", f"  Shop            {site}/", f"  Rankings        {site}/en-us/rankings/", f"  API             {site}/api/v1/"]
    lines += [f"  Operator        {site}/admin/", f"  Mail sent       {site}/mail", "", "  Sign in as (demo only):"]
    lines += [f"    {one.role:16} {one.email:32} {one.password}" for one in read_sign_ins()]
    return "\n".join([*lines, ""])
