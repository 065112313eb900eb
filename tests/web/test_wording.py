from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.template import engines
from django.utils import translation
from jinja2 import DictLoader
from markupsafe import Markup

from caravan.kernel import markets
from caravan.stores.rules.vacation import Vacation
from caravan.web.fragments import kept
from caravan.web.market import entered
from caravan.web.templating import environment, kilobytes, kilograms


def drawn(template: str, **values: object) -> str:
    return str(engines["jinja2"].from_string(template).render(values))


def test_a_word_kept_for_one_language_is_not_shown_in_another():
    said = set()
    for language in ("en", "ru", "es"):
        with translation.override(language):
            said.add(drawn('{{ _("Yes") }}'))
    assert len(said) == 3


def test_what_fills_a_message_is_escaped_and_the_message_is_not():
    assert drawn("{% trans who %}<b>Dear</b> {{ who }}, 100%{% endtrans %}", who="<i>") == "<b>Dear</b> &lt;i&gt;, 100%"


def page(name: str = "page.html", language: str = "en", values: dict[str, object] | None = None, **templates: str) -> str:
    """The page of that name, compiled as those on disk are."""
    named = {f"{key}.html": text for key, text in templates.items()} | {"letter.txt": templates.get("letter", "")}
    with translation.override(language):
        return environment(loader=DictLoader(named)).get_template(name).render(values or {})


def test_a_template_is_compiled_for_each_language_it_is_drawn_in():
    part = "{% macro yes() %}{{ _('Yes') }}{% endmacro %}"
    using = '{% from "part.html" import yes %}{{ yes() }}'
    pages = environment(loader=DictLoader({"page.html": using, "part.html": part}))
    said = []
    for language in ("en", "ru", "es", "en"):
        with translation.override(language):
            said.append(pages.get_template("page.html").render())
    assert said[0] == said[3] == "Yes"
    assert len(set(said)) == 3


def test_what_fills_a_message_of_a_compiled_page_is_escaped_once_and_the_message_is_not():
    template = '{% trans who %}<b>Dear</b> {{ who }}, 100%{% endtrans %}|{{ _("<i>%(who)s</i>", who=who)|upper }}|{{ marked }}'
    drawn = page(page=template, values={"who": "<i>&", "marked": Markup("<hr>")})
    assert drawn == "<b>Dear</b> &lt;i&gt;&amp;, 100%|<I>&LT;I&GT;&AMP;</I>|<hr>"


def test_a_letter_in_plain_text_is_not_escaped():
    letter = "{% trans who %}Dear {{ who }}{% endtrans %} {% trans n %}{{ n }} <b>{% pluralize n %}{{ n }} <i>{% endtrans %}"
    assert page("letter.txt", letter=letter, values={"who": "A & B", "n": 2}) == "Dear A & B 2 <i>"


def test_a_compiled_page_counts_as_its_language_does():
    template = "{% trans count=n %}{{ count }} item{% pluralize %}{{ count }} items{% endtrans %}"
    said = [page(page=template, language="ru", values={"n": n}) for n in (1, 3, 5)]
    assert [words.split()[0] for words in said] == ["1", "3", "5"]
    assert len({words.split()[1] for words in said}) == 3  # one, few, many


def test_a_macro_takes_words_of_python_and_what_stands_between_its_tags():
    template = (
        "{% macro box(text, class='', caller=none) %}"
        "<p class='{{ class }}'>{{ text }}{% if caller %}{{ caller() }}{% endif %}</p>"
        "{% endmacro %}{% block main %}{% for n in (1, 2) %}{% call box(n, class='a') %}{{ loop.index }}<b>{% endcall %}"
        "{% endfor %}{{ box('<', class='b') }}{% endblock %}"
    )
    assert page(page=template) == "<p class='a'>11<b></p><p class='a'>22<b></p><p class='b'>&lt;</p>"


def test_a_fragment_is_drawn_again_only_for_other_values():
    times = []

    def macro(value: str) -> str:
        times.append(value)
        return value.upper()

    assert [kept(macro, value) for value in ("a", "b", "a")] == ["A", "B", "A"]
    assert times == ["a", "b"]


def test_weights_and_sizes_have_the_readers_comma_and_unit():
    with entered(markets.market("RU")):
        assert kilograms(1_200) == "1,2 кг"
        assert kilobytes(12_300) == "12 кБ"
    with entered(markets.market("US")):
        assert (kilograms(1_200), kilobytes(80)) == ("1.2 kg", "1 kB")


def test_a_store_slower_by_a_day_is_said_to_be_so_in_the_singular():
    note = '{% from "store/_vacation.html" import vacation_note %}{{ vacation_note("Tea", away) }}'
    away = Vacation(since=date(2027, 1, 1), until=date(2027, 1, 9), mode="slow", extra_days=1, message="At sea")
    assert "takes 1 working day longer" in drawn(note, away=away)
    assert "takes 3 working days longer" in drawn(note, away=replace(away, extra_days=3))
    assert "“At sea”" in drawn(note, away=away)
