from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest
from babel.messages.catalog import Catalog, Message
from django.template import engines
from django.utils import translation
from django.utils.translation import gettext, ngettext

from caravan.kernel import markets
from caravan.project.translating import LOCALES, compiled, extracted, po_path, read, untranslated
from caravan.web.market import entered

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
TAG = re.compile(r"</?\w+>")
MARKETS = {"ru": "ru-kz", "es": "es-ar", "pt_BR": "pt-br"}
PAGES = ("/", "/search?q=lamp", "/search", "/cart", "/sign-in", "/sign-up", "/rankings", "/market", "/nothing-here")


@cache
def spoken() -> Catalog:
    return extracted()


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def said(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def keys(catalog: Catalog) -> set[tuple[str | None, tuple[str, ...]]]:
    return {(m.context, said(m)) for m in catalog if m.id}


@pytest.mark.parametrize("locale", LOCALES)
def test_all_the_site_says_is_in_the_catalogue_and_nothing_else(locale):
    kept = keys(read(locale))
    new, gone = keys(spoken()) - kept, kept - keys(spoken())
    assert not new, f"Run bin/caravan translate, then translate in {po_path(locale)}: {new}"
    assert not gone, f"Run bin/caravan translate: no longer said: {gone}"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_translated_by_a_person(locale):
    catalog = read(locale)
    assert not [m.id for m in untranslated(catalog)]
    assert not [m.id for m in catalog if m.id and m.fuzzy]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_keeps_placeholders_markup_and_spaces_at_the_ends(locale):
    for message in read(locale):
        texts = said(message)
        for form in forms(message) if message.id else ():
            assert form, message.id
            assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(texts[-1])), (message.id, form)
            assert sorted(TAG.findall(form)) == sorted(TAG.findall(texts[-1])), (message.id, form)
            assert (form[0].isspace(), form[-1].isspace()) == (texts[0][0].isspace(), texts[0][-1].isspace()), form


@pytest.mark.parametrize("locale", LOCALES)
def test_what_gettext_reads_was_compiled_from_what_translators_wrote(locale):
    assert po_path(locale).with_suffix(".mo").read_bytes() == compiled(read(locale)), "Run bin/caravan translate"


@pytest.mark.parametrize("locale", LOCALES)
def test_one_thing_is_called_one_way_in_every_form(locale):
    """Plural forms that Django's own catalogues count otherwise are still ours."""
    catalog = read(locale)
    with translation.override(locale.replace("_", "-").lower()):
        for message in (m for m in catalog if m.id and m.pluralizable):
            one, many = message.id
            assert {ngettext(one, many, n) for n in range(101)} == set(forms(message)), message.id


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 товар"),
        (2, "2 товара"),
        (5, "5 товаров"),
        (11, "11 товаров"),
        (12, "12 товаров"),
        (21, "21 товар"),
        (0, "0 товаров"),
    ],
)
def test_russian_counts_as_russians_do(count, words):
    with translation.override("ru"):
        assert ngettext("%(count)s item", "%(count)s items", count) % {"count": count} == words


def test_brazilians_have_zero_of_one_thing_and_spaniards_of_many():
    with translation.override("pt-br"):
        assert ngettext("%(count)s item", "%(count)s items", 0) == "%(count)s item"
    with translation.override("es"):
        assert ngettext("%(count)s item", "%(count)s items", 0) == "%(count)s artículos"


def test_a_text_in_a_template_is_found_by_what_was_extracted_of_it():
    page = engines["jinja2"].from_string(
        "{% trans rate='97%' %}At least {{ rate }}, with 95% confidence{% endtrans %}|"
        "{% trans count=3 %}{{ count }} star{% pluralize %}{{ count }} stars{% endtrans %}|{{ _('Cart') }}"
    )
    with entered(markets.market("RU", "ru")):
        assert page.render() == "Не меньше 97%, с уверенностью 95%|3 звезды|Корзина"


@pytest.mark.django_db
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_english_left(client, locale, path):
    page = client.get(f"/{MARKETS[locale]}{path}", follow=True).content.decode()
    visible = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", page)
    shown = {" ".join(unescape(text).split()) for text in re.findall(r">([^<>]+)<", visible)}
    shown |= {unescape(text) for text in re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]+)"', visible)}
    english = {m.id for m in read(locale) if isinstance(m.id, str) and m.id and m.string != m.id} - {
        m.string for m in read(locale) if isinstance(m.string, str)
    }
    assert len(shown) > 5
    assert not shown & english


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("locale", "words"),
    [("ru", "пароль слишком короткий"), ("es", "contraseña es demasiado corta"), ("pt_BR", "senha é muito curta")],
)
def test_what_the_framework_objects_to_is_said_in_the_visitors_language_too(client, locale, words):
    answer = client.post(f"/{MARKETS[locale]}/sign-up", {"email": "new@example.test", "password1": "Xy7"})
    assert words in answer.content.decode()


def test_english_is_what_the_code_says():
    with translation.override("en"):
        assert gettext("Cart") == "Cart"
