"""The figures behind a place, for every product and for every store in every category. Formulas as in `rules.scores`."""

from __future__ import annotations

from datetime import datetime

import ibis
from ibis import _
from ibis.expr.types import FloatingValue, Table

from caravan.insight.expressions.buyers import TRUST
from caravan.insight.expressions.facts import Facts
from caravan.insight.expressions.tallies import store_tallies, tallied
from caravan.insight.rules import InsightSettings

# The columns of `insight.rules.PlaceFigures`, in its order.
FIGURES = (
    "buyers", "recent", "before", "long", "growth", "quality", "rise", "units", "paid_eur_minor", "refunded_units",
    "kept", "paid", "stars", "ratings",
)  # fmt: skip


def product_figures(buyers: Table, shelves: Table, facts: Facts, at: datetime, settings: InsightSettings) -> Table:
    """One row per period, market and product sold: `subject_id`, `since` (publication), `listed`, `leaf`, score and figures.

    The usual stars are the mean of the top category.
    """
    ratings = facts.feedback.filter(_.at < ibis.literal(at))
    usual = ratings.join(shelves, "product_id").group_by("top").agg(usual=_.stars.mean())
    known = shelves.left_join(_stars(ratings, "product_id"), "product_id").left_join(usual, "top")
    known = known.select("product_id", "leaf", "listed", "stars_total", "ratings", "usual", since=_.published_at)
    sums = tallied(buyers, "period", "market", "product_id")
    return _scored(sums.join(known, "product_id"), settings).select(
        "period", "market", "leaf", "since", "listed", "score", *FIGURES, subject_id=_.product_id
    )


def store_figures(buyers: Table, shelves: Table, nodes: Table, facts: Facts, at: datetime, settings: InsightSettings) -> Table:
    """One row per period, market, category and store: as for products, a buyer counting once however many products they took.

    The usual stars are the mean of all ratings; a store's stars are the same in every category.
    """
    ratings = facts.feedback.filter(_.at < ibis.literal(at))
    known = shelves.select("store", "store_id").distinct().join(facts.stores, "store_id")
    known = known.left_join(_stars(ratings, "store_id"), "store_id").cross_join(ratings.agg(usual=_.stars.mean()))
    known = known.select("store", "store_id", "listed", "stars_total", "ratings", "usual", since=_.opened_at)
    named = store_tallies(buyers, shelves, nodes).join(known, "store")
    named = named.join(nodes.select("node", "category").distinct(), "node")
    return _scored(named, settings).select(
        "period", "market", "category", "since", "listed", "score", *FIGURES, subject_id=_.store_id
    )


def _stars(ratings: Table, subject: str) -> Table:
    return ratings.group_by(subject).agg(stars_total=_.stars.sum().cast("int64"), ratings=_.count())


def _scored(tallies: Table, s: InsightSettings) -> Table:
    t = tallies.mutate(
        recent=_.recent / TRUST,
        before=_.before / TRUST,
        long=_.long / TRUST,
        ratings=_.ratings.fill_null(0),
        stars_total=_.stars_total.fill_null(0),
        usual=_.usual.fill_null(s.stars_prior),
    )
    t = t.mutate(stars=(t.stars_total + t.usual * s.prior_weight) / (t.ratings + s.prior_weight))
    ratio = (t.recent + s.growth_smoothing) / (t.before + s.growth_smoothing)
    t = t.mutate(
        growth=ratio.log2().clip(-s.growth_bound, s.growth_bound),
        quality=(t.stars - 1) / 4 * ((t.kept + s.prior_weight) / (t.paid + s.prior_weight)),
        rise=((t.recent - t.before) / (t.recent + t.before + 1).sqrt()).round(6),
    )
    return t.mutate(score=_hot(t, s).round(6))


def _hot(t: Table, s: InsightSettings) -> FloatingValue:
    return (
        (t.recent + 1).ln() * s.recent_weight
        + (t.long + 1).ln() * s.long_weight
        + t.growth * s.growth_weight
        + t.quality * s.quality_weight
    )
