"""The site's own words in its other languages: found in code and templates, kept in `caravan/locale`, compiled for gettext."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from caravan.kernel.markets import LANGUAGES

ROOT = Path(__file__).parents[2]
LOCALES = tuple(locale for locale in LANGUAGES.values() if locale != "en")
_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def extracted() -> Catalog:
    """Every text that is marked for translation in code and templates, as a catalogue without a language."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    found = Catalog(domain="django")
    for file, line, message, comments, context in extract_from_dir(
        ROOT / "caravan", methods, options, keywords=_KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(message, None, [(f"caravan/{Path(file).as_posix()}", line)], auto_comments=comments, context=context)
    return found


def po_path(locale: str) -> Path:
    return ROOT / "caravan" / "locale" / locale / "LC_MESSAGES" / "django.po"


def read(locale: str) -> Catalog:
    """The catalogue of `locale` as it lies, an empty one for a new language."""
    if not po_path(locale).exists():
        return Catalog(
            locale,
            domain="django",
            header_comment=f"# Words of Caravan, {Locale.parse(locale).english_name}. How to work on them: docs/translating.md",
            project="Caravan",
            version="1",
            msgid_bugs_address="docs/translating.md",
            last_translator="Caravan",
            language_team="Caravan",
            revision_date=datetime.now(UTC),
            fuzzy=False,
        )
    with po_path(locale).open("rb") as file:
        return read_po(file, locale=locale, domain="django")


def updated(locale: str, template: Catalog) -> Catalog:
    """The catalogue of `locale` with new texts empty and those no longer said left out; nothing is guessed from the like."""
    catalog = read(locale)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def write(locale: str, catalog: Catalog) -> None:
    """Write the catalogue and its compiled form, whole or not at all."""
    text = BytesIO()
    write_po(text, catalog, width=130, include_lineno=False)
    for path, content in ((po_path(locale), text.getvalue()), (po_path(locale).with_suffix(".mo"), compiled(catalog))):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.new")
        unfinished.write_bytes(content)
        unfinished.replace(path)


def compiled(catalog: Catalog) -> bytes:
    binary = BytesIO()
    write_mo(binary, catalog)
    return binary.getvalue()


def untranslated(catalog: Catalog) -> Iterator[Message]:
    """Texts without a translation, or without one of its plural forms."""
    for message in catalog:
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.id and not all(forms):
            yield message
