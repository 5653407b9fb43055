"""Syntax: the text of one expression to its tree, whole or not at all, and what the tree names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from antlr4 import CommonTokenStream, InputStream, ParseTreeWalker, Token
from antlr4.error.ErrorListener import ErrorListener
from antlr4.error.Errors import LexerNoViableAltException
from fhirpathpy.engine.invocations import invocation_registry
from fhirpathpy.parser.ASTPathListener import ASTPathListener
from fhirpathpy.parser.generated.FHIRPathLexer import FHIRPathLexer
from fhirpathpy.parser.generated.FHIRPathParser import FHIRPathParser

from imparts.rules.forms.fhirpath.functions import OURS

LONGEST_EXPRESSION = 20_000
# replaceMatches would need a pattern engine that goes back; decode can raise on any text.
NOT_OFFERED = ("replaceMatches", "decode", "encode")

Tree = dict[str, Any]


class ExpressionRefused(ValueError):
    """An expression that is not honoured, in one sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """One expression, parsed once, and what it names."""

    text: str
    tree: Tree
    names: frozenset[str]  # %resource is "resource"
    link_ids: frozenset[str]  # those that it asks for by name


@lru_cache(maxsize=8192)
def parse(text: str) -> Parsed:
    """One expression, whole; ExpressionRefused says what is wrong with it."""
    if len(text) > LONGEST_EXPRESSION:
        raise ExpressionRefused(f"it is longer than {LONGEST_EXPRESSION} characters")
    if not text.strip():
        raise ExpressionRefused("it is empty")
    try:
        tree = _tree(text)
        nodes = tuple(_walk(tree))
    except RecursionError:
        raise ExpressionRefused("it is nested too deeply") from None
    _check_functions({_first_text(node) for node in nodes if node["type"] == "Functn"})
    return Parsed(
        text=text,
        tree=tree,
        names=frozenset(_names(nodes)),
        link_ids=frozenset(_link_ids(nodes)),
    )


class _Strict(ErrorListener):  # type: ignore[misc]  # antlr4 has no type hints
    def syntaxError(self, *what: Any) -> None:
        column = what[3]
        raise ExpressionRefused(f"it cannot be understood from character {column + 1} on")


def _tree(text: str) -> Tree:
    lexer = FHIRPathLexer(InputStream(text))
    lexer.removeErrorListeners()
    lexer.addErrorListener(_Strict())
    tokens = CommonTokenStream(lexer)
    parser = FHIRPathParser(tokens)
    parser.removeErrorListeners()
    parser.addErrorListener(_Strict())
    try:
        parsed = parser.expression()
    except LexerNoViableAltException:
        raise ExpressionRefused("it cannot be understood") from None
    rest = tokens.LT(1)
    if rest.type != Token.EOF:
        raise ExpressionRefused(f"it cannot be understood from character {rest.column + 1} on")
    listener = ASTPathListener()
    ParseTreeWalker().walk(listener, parsed)
    tree: Tree = listener.parentStack[0]["children"][0]
    return tree


def _walk(node: Tree) -> Iterator[Tree]:
    yield node
    for child in node.get("children", ()):
        yield from _walk(child)


def _check_functions(functions: set[str]) -> None:
    known = {*invocation_registry, *OURS}.difference(NOT_OFFERED)
    unknown = sorted(functions - known)
    if unknown:
        raise ExpressionRefused(f"it uses the function {unknown[0]}(), which is not known here")


def _first_text(node: Tree) -> str:
    children = node.get("children") or [{}]
    return str(children[0].get("text", ""))


def _names(nodes: tuple[Tree, ...]) -> Iterator[str]:
    for node in nodes:
        if node["type"] == "ExternalConstant":
            found = node.get("children") or [{"text": "".join(node["terminalNodeText"][1:])}]
            yield str(found[0].get("text", "")).strip("`'")


def _link_ids(nodes: tuple[Tree, ...]) -> Iterator[str]:
    """The literals of linkId = 'x' and linkId in ('x' | 'y'), whichever side they stand on."""
    for node in nodes:
        if node["type"] not in ("EqualityExpression", "MembershipExpression"):
            continue
        if node["terminalNodeText"][0] not in ("=", "~", "in", "contains"):
            continue
        left, right = node["children"]
        for asked, given in ((left, right), (right, left)):
            if asked.get("text", "").split(".")[-1].strip("`") == "linkId":
                yield from _literals(given)


def _literals(node: Tree) -> Iterator[str]:
    for inner in _walk(node):
        if inner["type"] == "StringLiteral":
            yield inner["text"][1:-1].replace("\\'", "'")
