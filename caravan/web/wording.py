"""gettext as pages call it: in templates, and as `said` in the Python of hot ones.

A message is looked up once a language and process, since catalogues do not change while it runs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils import translation
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup


@pass_context
def gettext(context: Context, message: str, /, **variables: Any) -> str:
    """`message` in the visitor's language, formatted with `variables`, which are escaped where the template is HTML."""
    said = _said(translation.get_language(), message, context.eval_ctx.autoescape)
    return said % variables if "%" in said else said


def said(message: str) -> str:
    """`message` in the visitor's language."""
    return _said(translation.get_language(), message, False)


@lru_cache(maxsize=16_384)
def _said(language: str | None, message: str, is_html: bool) -> str:
    text = translation.gettext(message)
    return Markup(text) if is_html else text  # noqa: S704 - our own words, which may hold markup of ours


@lru_cache(maxsize=16_384)
def counted(language: str, one: str, many: str, n: int) -> str:
    """The message for `n` things in the language in force, which `language` names."""
    return translation.ngettext(one, many, n)
