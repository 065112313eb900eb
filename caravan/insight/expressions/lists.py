"""Lists out of figures: the first hundred of every category, market and period."""

from __future__ import annotations

import ibis
from ibis import _
from ibis.expr.types import Table

from caravan.insight.expressions.figures import FIGURES
from caravan.insight.rules import InsightSettings


def in_every_category(product_figures: Table, nodes: Table) -> Table:
    """Product figures under each category the product belongs to: they are the same in all of them, its rank is not."""
    return product_figures.join(nodes.select("leaf", "category"), "leaf")


def hot_list(figures: Table, settings: InsightSettings) -> Table:
    """By hot score, of everything on sale that somebody bought in the period."""
    return _placed(figures.filter(_.listed, _.buyers > 0), settings)


def rising_list(figures: Table, settings: InsightSettings) -> Table:
    """By rise, of everything on sale that more bought than just before, three buyers at least."""
    return _placed(figures.filter(_.listed, _.buyers >= settings.rising_from_buyers, _.rise > 0).mutate(score=_.rise), settings)


def _placed(figures: Table, settings: InsightSettings) -> Table:
    """Ties go to what was on sale first, then to the lower id, so that a list never depends on the order of the rows."""
    cell = ibis.window(group_by=["category", "market", "period"], order_by=[_.score.desc(), _.since.asc(), _.subject_id.asc()])
    ranked = figures.mutate(rank=(ibis.row_number().over(cell) + 1).cast("int32"))
    placed = ranked.filter(_.rank <= settings.places)
    return placed.select("category", "market", "period", "rank", "subject_id", "score", *FIGURES).order_by(
        "category", "market", "period", "rank"
    )
