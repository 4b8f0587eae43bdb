"""Templates, compiled once for each language.

What a template asks with fixed words has the same answer for every reader of a language: `_("Hjem")`, `icon("house")`,
`url_for("plan.index")`. It is asked when the template is compiled, and the answer stands in the page as literal text.
A call with anything in it that is not written in the template itself is asked at each request, as always.
"""

from collections.abc import Callable, Hashable, Mapping, MutableMapping
from functools import lru_cache
from io import StringIO
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro, markup_join
from jinja2.visitor import NodeTransformer

from portal.i18n import Words, bind, words, words_of

FIXED = ("_", "pgettext", "plain", "two", "icon", "asset", "integrity", "url_for")
MOST_LANGUAGES = 64
MOST_KEPT = 512


class Pages(Environment):
    """Flask's environment, with one beneath it for each language."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template. Jinja would look through two mappings, by name, for each template imported."""
        return {**self.globals, **d} if d else self.globals


class Answers(NodeTransformer):
    """Puts the answer where a template asks one of `known` with nothing but constants."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.known = known

    def visit_Call(self, call: nodes.Call) -> nodes.Expr:  # noqa: N802  # Jinja's name
        """The answer, or the call as it stands."""
        self.generic_visit(call)
        asked = self.known.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        if asked is None or call.dyn_args or call.dyn_kwargs:
            return call
        try:
            values = [value.as_const() for value in call.args]
            named = dict(pair.as_const() for pair in call.kwargs)
        except nodes.Impossible:
            return call
        return nodes.Const(asked(*values, **named), lineno=call.lineno)

    def visit_Concat(self, joined: nodes.Concat) -> nodes.Expr:  # noqa: N802  # Jinja's name
        """Constants in one, markup where one of them is: Jinja's own optimizer would make plain text of it."""
        self.generic_visit(joined)
        try:
            return nodes.Const(markup_join([part.as_const() for part in joined.nodes]), lineno=joined.lineno)
        except nodes.Impossible:
            return joined


class Compiler(CodeGenerator):
    """Jinja's compiler, after the answers are in.

    Nothing that our templates call wants Jinja's context, and what they write is mostly markup already: so a call is
    a plain call, and only what is not markup is escaped.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # Jinja's name
        """Compile a template."""
        known = {name: self.environment.globals[name] for name in FIXED}
        super().visit_Template(Answers(known).visit(node), frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Call it."""
        self.visit(node.node, frame)
        whole, self.stream = self.stream, StringIO()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        arguments, self.stream = self.stream.getvalue(), whole
        self.write(f"({arguments.removeprefix(', ')})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("(said if (said := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(").__class__ is Markup else escape(said))")


def init_app(app: Flask) -> None:
    """Compile templates for each language; to be called when all that templates may ask is known."""
    common = app.jinja_env
    common.globals["kept"] = kept

    @lru_cache(maxsize=MOST_LANGUAGES)
    def speaking(spoken: Words) -> Environment:
        own = common.overlay()
        bind(own, spoken)
        own.globals["kept"] = lru_cache(maxsize=MOST_KEPT)(kept)
        own.code_generator_class = Compiler
        own.get_template = lru_cache(maxsize=None)(own.get_template)  # type: ignore[method-assign]  # asked at each import
        return own

    def found(name: str) -> Template:
        spoken = words()
        usual = spoken is words_of(spoken.language.id)
        return (speaking(spoken) if usual else common).get_template(name)

    app.extensions["templates"] = found


def kept(macro: Macro, *values: Hashable) -> object:
    """What a macro writes for these values, remembered for each language: for what says nothing of anybody."""
    return macro(*values)


def find(app: Flask, name: str) -> Template:
    """The template for this request's language; where a request has words of its own, one that asks each time."""
    found: Callable[[str], Template] = app.extensions["templates"]
    return found(name)
