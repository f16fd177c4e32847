"""The evidence map as one HTML file: our script, our style, and the data as data."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from realist.exports.writing.safe import inline, words

SCRIPTS = ("words.js", "matching.js", "grid.js", "panel.js", "box.js", "controls.js", "start.js")
"""Our scripts, in the order in which they are put into one."""
STYLES = ("map.css", "panel.css", "paper.css")
_ESCAPED = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def map_page(facts: Mapping[str, Any]) -> bytes:
    """Return the page of what :func:`~realist.exports.evidence_map.facts.map_facts` gathered, as UTF-8.

    The only script that a browser runs in it is ours, by its hash; the only style likewise; nothing is
    loaded.
    Texts of the review stand in it as JSON in which no ``<`` is left, and the script sets them as text.
    """
    script, style = _script(), _read(STYLES)
    values = {
        "policy": _policy(script, style),
        "title": escape(inline(facts["title"])),
        "question": escape(inline(facts["question"])),
        "style": style,
        "script": script,
        "data": as_data(facts),
    }
    template = _text("map.html")
    # In one pass: nothing that a value holds is taken for a place of the template.
    return re.sub(r"\{\{(\w+)\}\}", lambda place: values[place[1]], template).encode("utf-8")


def as_data(value: Any) -> str:
    """Return *value* as JSON that may stand in a script element: without controls, ``<``, ``>`` and ``&``."""
    return json.dumps(_clean(value), ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, Mapping):
        return {key: _clean(of) for key, of in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(of) for of in value]
    return value


@cache
def _text(name: str) -> str:
    return files("realist.exports.evidence_map").joinpath(name).read_text(encoding="utf-8").strip()


def _read(names: tuple[str, ...]) -> str:
    return "\n".join(map(_text, names))


def _script() -> str:
    return f'(() => {{\n"use strict";\n{_read(SCRIPTS)}\n}})();'


def _policy(script: str, style: str) -> str:
    """Return what the page may do: run this script, use this style, nothing else."""
    return (
        f"default-src 'none'; script-src 'sha256-{_hash(script)}'; style-src 'sha256-{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
