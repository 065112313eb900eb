from __future__ import annotations

from django.template import engines
from django.utils import translation

from caravan.web.fragments import kept


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
