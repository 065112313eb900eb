"""What the engine answers, in the words of the tables."""

from __future__ import annotations

from collections.abc import Iterable

from caravan.promotions.rules import Cut, Nearly, Payer, Quote, QuotedLine, Stage
from tests.promotions.language.goods import MARKET, NAMES, STORES

STORE_NAMES = {id: name for name, id in STORES.items()}
STAGES = {
    Stage.BUNDLE: "bundle", Stage.BUY_GET: "buy and get", Stage.SPEND_SAVE: "spend and save", Stage.STORE_COUPON: "store coupon",
    Stage.PLATFORM_COUPON: "platform coupon", Stage.PLATFORM_DISCOUNT: "platform discount",
}  # fmt: skip


def words_of(quoted: Quote) -> dict[str, str]:
    """What each column of a table says of it, by the column's head."""
    lines = [line for store in quoted.stores for line in store.lines]
    own = [_cut(cut, STORE_NAMES[store.store_id]) for store in quoted.stores for cut in store.cuts]
    return {
        "the buyer pays": quoted.items.amount,
        "taken off (who bears it)": _listed([*own, *(_cut(cut, MARKET) for cut in quoted.cuts)], "; "),
        "on the cards": _listed((_priced(line) for line in lines), ", "),
        "taken off each": _listed((f"{_name(line)} {(line.goods - line.total).amount}" for line in lines if line.cuts), ", "),
        "a little more": _listed((_nearly(one) for one in quoted.nearly), "; "),
    }


def _listed(words: Iterable[str], between: str) -> str:
    return between.join(words) or "nothing"


def _cut(cut: Cut, offered_by: str) -> str:
    payer = {Payer.STORE: offered_by, Payer.PLATFORM: MARKET, Payer.AFFILIATE: "an affiliate"}[cut.payer]
    return f"{STAGES[cut.stage]} {cut.amount.amount} ({payer})"


def _priced(line: QuotedLine) -> str:
    return ", ".join(f"{_times(part.quantity)}{_name(line)} {part.unit.amount}" for part in line.pieces)


def _times(pieces: int) -> str:
    return f"{pieces} x " if pieces > 1 else ""


def _name(line: QuotedLine) -> str:
    return NAMES[line.facts.variant_id]


def _nearly(one: Nearly) -> str:
    missing = [one.missing.amount] if one.missing else []
    if one.pieces:
        missing.append(f"{one.pieces} more piece{'s' if one.pieces > 1 else ''}")
    else:
        missing = [f"{missing[0]} more"]
    return f"{' and '.join(missing)} saves {one.saves.amount} ({STORE_NAMES[one.store_id] if one.store_id else MARKET})"
