"""Drafts beside what is already listed: their one normal form, and which edits make a product another one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from caravan.catalog.rules.draft import VARIANT_CODES, Pairs, ProductDraft, VariantDraft


def canonical(draft: ProductDraft) -> ProductDraft:
    """`draft` in normal form: what all variants share is an attribute of the product, what they differ in is an option.

    Two drafts that say the same have the same canonical form, so an export read back changes nothing.
    """
    codes = list(dict.fromkeys(code for v in draft.variants for code, value in v.options if value))
    shared: dict[str, str] = {}
    for code in codes:
        values = {dict(v.options).get(code, "") for v in draft.variants}
        if len(values) == 1:
            shared[code] = values.pop()
    differing = {code for code in codes if code not in shared}
    attributes = {code: value for code, value in draft.attributes if value and code not in differing} | shared
    return replace(
        draft,
        attributes=_ordered(attributes),
        variants=tuple(
            replace(
                v,
                options=_ordered({code: value for code, value in v.options if value and code in differing}),
                market_prices=tuple(sorted(v.market_prices, key=lambda pair: pair[0])),
            )
            for v in draft.variants
        ),
    )


def with_rows(stored: ProductDraft, draft: ProductDraft, may_differ: Collection[str]) -> ProductDraft:
    """`draft`, which brings some variants of a product, joined with the `stored` variants it does not mention.

    `may_differ` are the attributes variants may have each their own value of.
    """
    brought = {v.sku for v in draft.variants}
    kept = [v for v in stored.variants if v.sku not in brought]
    order = {v.sku: i for i, v in enumerate(stored.variants)}
    if not kept:
        variants: Sequence[VariantDraft] = draft.variants
    else:
        variants = [
            *_spread(draft.variants, draft.attributes, may_differ),
            *_spread(kept, stored.attributes, may_differ),
        ]
    return canonical(
        replace(draft, variants=tuple(sorted(variants, key=lambda v: order.get(v.sku, len(order)))))  # new ones last
    )


def _spread(variants: Sequence[VariantDraft], attributes: Pairs, may_differ: Collection[str]) -> list[VariantDraft]:
    """The variants, each saying for itself what they shared and a new one may not."""
    shared = tuple((code, value) for code, value in attributes if code in may_differ)
    return [replace(v, options=(*v.options, *(p for p in shared if p[0] not in dict(v.options)))) for v in variants]


def _ordered(values: dict[str, str]) -> Pairs:
    rank = {code: i for i, code in enumerate(VARIANT_CODES)}
    return tuple(sorted(values.items(), key=lambda pair: (rank.get(pair[0], len(rank)), pair[0])))


def material_change(old: ProductDraft, new: ProductDraft) -> bool:
    """Whether `new` is another product than reviewers of `old` bought: title, pictures, category or attributes differ.

    An attribute that became an option, or back, because a variant came or went, is no such change. Both in canonical form.
    """
    options = {code for draft in (old, new) for v in draft.variants for code, _ in v.options}
    return (old.title, old.pictures, old.category, _claims(old, options)) != (
        new.title,
        new.pictures,
        new.category,
        _claims(new, options),
    )


def _claims(draft: ProductDraft, options: set[str]) -> Pairs:
    return tuple(pair for pair in draft.attributes if pair[0] not in options)
