"""What the market knows of itself: the standing of stores, rankings, the search index."""

from __future__ import annotations

from caravan.project.demo.load.planner import analyze
from caravan.project.demo.world import World
from caravan.reputation.actions import refresh_all
from caravan.search.actions import rebuild


def standing(world: World, piece: None) -> None:
    refresh_all(at=world.ends_at)
    analyze()


def rankings(world: World, piece: None) -> None:
    from caravan.insight import actions as insight  # a second to import, for the one process that refreshes

    insight.refresh(as_of=world.ends_at, at=world.ends_at)


def search(world: World, piece: None) -> None:
    rebuild(at=world.ends_at)
