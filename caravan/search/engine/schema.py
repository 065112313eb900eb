"""The fields of the index. Raise VERSION with every change here or in `encode`: an index of another version is rebuilt."""

from __future__ import annotations

from functools import cache

from tantivy import Schema, SchemaBuilder

from caravan.search.engine.languages import LANGUAGES

VERSION = 3
SAMPLES = 16


@cache
def schema() -> Schema:
    """Text fields exist once a language: `title`, `head` (the naming word), `more` (brand, categories, attributes), `text`
    (description), `word` (the title's words unstemmed, for spelling and completion), `category_name` and `shown` (the title)."""
    builder = SchemaBuilder()
    for language in LANGUAGES:
        builder.add_text_field(f"title_{language}", tokenizer_name="whitespace")
        builder.add_text_field(f"head_{language}", tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field(f"more_{language}", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field(f"text_{language}", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field(f"word_{language}", tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field(f"category_name_{language}", tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_text_field(f"shown_{language}", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("category", "category_edge", "store", "brand", "attribute", "ships_to", "offer"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("price", "rating", "by_price", "by_sales", "by_rating", "by_newest"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_unsigned_field("sample", indexed=True)
    # What a list shows of it, handed out with it.
    builder.add_float_field("mean", stored=True)
    for name in ("ratings", "buyers"):
        builder.add_unsigned_field(name, stored=True)
    builder.add_float_field("lift", fast=True)
    return builder.build()
