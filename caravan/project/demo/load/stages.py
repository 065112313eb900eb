"""The stages of a load: what each builds on, and the pieces it is done in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from caravan.project.demo.journal import Journal
from caravan.project.demo.load import goods, information, offers, people, trade
from caravan.project.demo.world import World


def _whole(world: World, told: Journal) -> Sequence[Any]:
    return (None,)


def _nothing(told: Journal, results: Sequence[Any]) -> Journal:
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """`run` does a piece, in any process, after the stages named `after`; what it returns is noted in the journal by `note`."""

    run: Callable[[World, Any], Any]
    after: tuple[str, ...] = ()
    pieces: Callable[[World, Journal], Sequence[Any]] = _whole
    note: Callable[[Journal, Sequence[Any]], Journal] = _nothing


# Of those that may begin, the first named is begun first. What takes longest comes early.
STAGES = {
    "categories": Stage(run=goods.categories),
    "stores": Stage(run=people.stores),
    "pictures": Stage(run=goods.hang, pieces=goods.pictures, note=goods.note_pictures),
    "buyers": Stage(run=people.buyers, after=("stores",)),
    "products": Stage(run=goods.products, after=("categories", "stores", "pictures"), pieces=goods.batches),
    "accounts": Stage(run=people.accounts, after=("buyers",)),
    "days": Stage(run=trade.live, after=("products", "buyers"), pieces=trade.days),
    "funds": Stage(run=trade.funds, after=("days",)),
    "standing": Stage(run=information.standing, after=("days",)),
    "parcels": Stage(run=trade.parcels, after=("days",)),
    "offers": Stage(run=offers.promote, after=("standing",), pieces=offers.owners),
    "rankings": Stage(run=information.rankings, after=("standing",)),
    "search": Stage(run=information.search, after=("rankings", "offers")),
}
