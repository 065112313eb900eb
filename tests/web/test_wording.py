from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.template import engines
from django.utils import translation

from caravan.kernel import markets
from caravan.stores.rules.vacation import Vacation
from caravan.web.fragments import kept
from caravan.web.market import entered
from caravan.web.templating import kilobytes, kilograms


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
