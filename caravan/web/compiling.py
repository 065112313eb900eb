"""How templates become Python: once for each language, its words written in, and with calls that are nothing but calls.

A page calls some eighty macros and writes some six hundred values: what Jinja does around each of them, for templates that may do
more than ours, was half of what a page cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from io import StringIO
from typing import Any

import markupsafe
from django.templatetags.static import static
from django.utils.translation import get_language, gettext
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from caravan.web.wording import counted

# What `escape` does to plain text before it wraps it.
_escaped: Callable[[str], str] = markupsafe._escape_inner  # type: ignore[attr-defined]
_FIELD = re.compile(r"%\((\w+)\)s")


class Pages(Environment):
    """Our templates, each compiled for the language in force when it is asked for. What is compiled from a string is of no
    language, and looks its words up."""

    language = ""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._spoken: dict[str, Pages] = {}
        self._modules: dict[str, Any] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """No template of ours has globals of its own: one mapping for all, which each import need not compare key by key."""
        return self.globals if d is None else super().make_globals(d)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        return super(Pages, self._in_force()).get_template(name, parent, globals)

    def module(self, name: str) -> Any:
        """What a template exports. Made once where templates cannot change."""
        pages = self._in_force()
        found = pages._modules.get(name)
        if found is None:
            found = pages.get_template(name).module
            if not pages.auto_reload:
                pages._modules[name] = found
        return found

    def _in_force(self) -> Pages:
        if self.language:
            return self
        language = get_language() or "en"
        if language not in self._spoken:
            pages = self.overlay()
            pages.language, pages._modules = language, {}
            self._spoken[language] = pages
        return self._spoken[language]

    def _generate(self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False) -> str:
        if self.language:
            is_html = self.autoescape(name) if callable(self.autoescape) else self.autoescape
            source = _Spoken(self, is_html).visit(source)
        return super()._generate(source, name, filename, defer_init)

    # What compiled templates call.

    @staticmethod
    def text(value: Any) -> str:
        """`value` as it stands in HTML: `escape`, but for its last step of marking what nobody asks about again."""
        kind = type(value)
        if kind is Markup:
            return value  # type: ignore[no-any-return]
        if kind is str:
            return _escaped(value)
        return str(value) if kind is int else escape(value)

    @staticmethod
    def filled(said: str, /, **values: Any) -> Markup:
        """Our own words with `values` put into them, escaped."""
        text = Pages.text
        return Markup(said % {name: text(value) for name, value in values.items()})  # noqa: S704 - escaped

    @staticmethod
    def counted_html(language: str, one: str, many: str, n: int, /, **values: Any) -> Markup:
        return Pages.filled(counted(language, one, many, n), **{"num": n, **values})

    @staticmethod
    def counted_text(language: str, one: str, many: str, n: int, /, **values: Any) -> str:
        return counted(language, one, many, n) % {"num": n, **values}


class _Plain(CodeGenerator):
    """Calls are calls of Python: of all that our templates call, only gettext wants their context."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape = environment.text")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if hasattr(self.environment.globals.get(_name(node)), "jinja_pass_arg"):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        # The arguments are written with a comma before each, for a call that has one more in front of them.
        whole, self.stream = self.stream, StringIO()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        arguments, self.stream = self.stream.getvalue(), whole
        self.write(f"({arguments.removeprefix(', ')})")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.module(")
        self.visit(node.template, frame)
        self.write(")")


Pages.code_generator_class = _Plain


class _Spoken(NodeTransformer):
    """Writes a language's words into a template where it asks for them, and the addresses of static files too."""

    def __init__(self, pages: Pages, is_html: bool) -> None:
        self._pages = pages
        self._is_html = is_html

    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        """A message and what fills it become pieces of the page, side by side."""
        node.nodes = [piece for child in node.nodes for piece in self._pieces(child)]
        return self.generic_visit(node)

    def _pieces(self, node: nodes.Expr) -> list[nodes.Expr]:
        if not isinstance(node, nodes.Call) or (message := _message(node)) is None:
            return [node]
        fields = {field.key: field.value for field in node.kwargs}
        parts = _FIELD.split(gettext(message))
        return [fields[part] if n % 2 else nodes.TemplateData(part.replace("%%", "%")) for n, part in enumerate(parts)]

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        message, name = _message(node), _name(node)
        if message is not None:
            return self._said(gettext(message), node.kwargs)
        if name == "ngettext":
            counting = nodes.EnvironmentAttribute("counted_html" if self._is_html else "counted_text")
            return nodes.Call(counting, [nodes.Const(self._pages.language), *node.args], node.kwargs, None, None)
        if name == "static" and len(node.args) == 1 and isinstance(node.args[0], nodes.Const):
            return nodes.Const(static(node.args[0].value))
        return node

    def _said(self, said: str, fields: list[nodes.Keyword]) -> nodes.Expr:
        if not fields:
            return nodes.Const(Markup(said % {}) if self._is_html else said % {})  # noqa: S704 - our own words
        if self._is_html:
            return nodes.Call(nodes.EnvironmentAttribute("filled"), [nodes.Const(said)], fields, None, None)
        return nodes.Mod(nodes.Const(said), nodes.Dict([nodes.Pair(nodes.Const(one.key), one.value) for one in fields]))


def _message(node: nodes.Call) -> str | None:
    """What a call of gettext asks for, where that stands in the template."""
    if _name(node) not in ("_", "gettext") or len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
        return None
    return str(node.args[0].value)


def _name(node: nodes.Call) -> str:
    return node.node.name if isinstance(node.node, nodes.Name) else ""
