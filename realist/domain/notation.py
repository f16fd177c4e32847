"""The notation in which the field prints CMO configurations, read and written.

    context (C) → what is offered (M+, Resource) and how people reason (M+, Reasoning) → what follows (O–).

The grammar (white space between tokens is free; letter case does not matter, but see *weak tags*)::

    text      = [ "if" ] segment { arrow segment } | if-then ;
    segment   = element { join element } [ punctuation ] | tag-first { tag-first } ;
    element   = wording tag | prefix wording [ tag ] ;
    tag-first = tag [ ":" ] wording ;
    if-then   = "if" wording "then" wording [ "because" wording ] ;
    join      = "." | [ "," | ";" ] word | "," | ";" | (* nothing: read as "," *) ;
    word      = "and" | "&" | "but" | "or" | "and/or" | "because" | "then" | "if" ;
    arrow     = "→" | "⇒" | "⟶" | "➔" | "▶" | … | dash { dash } ">" | "=" { "=" } ">" ;
    tag       = "(" head { [ comma ] item } ")" | "[" head { [ comma ] item } "]" ;
    prefix    = head { [ comma ] item } ":" ;
    head      = kind [ number [ letter ] ] ;
    kind      = "C" | "M" | "O" | "I" | "A" | "S" | "?" | "context" | "mechanism" | "resource" | … ;
    item      = kind | valence | activation | basis | label | "(" item { [ comma ] item } ")" ;
    comma     = "," | ";" | "/" | ":" | "-" | "—" ;
    valence   = "+" | minus | "±" | "+/-" | "+-" | "0" | "plus" | "negative" | "mixed" | "no change" | … ;
    minus     = "-" | "–" | "−" ;
    activation= "weak" | "partial" | "strong" ;
    basis     = "stated" | "inferred" ;
    label     = '"' any text, with a backslash before quotation mark, backslash and bracket '"' ;
    wording   = { any character | "\\" ( tag | arrow | word | prefix ) } ;

Where a text could mean two things:

- *Joins* count directly after a tag only, "if" at the very start too. After a full stop the next word stays
  wording, so "(M+). If …" begins a sentence.
- *Prefixes* count where an element begins. Inside a prefixed element also after a line break, ".", ";", ","
  (not for A, I, S and ?) or a joining word; only the joining word keeps both in one segment. A prefix that
  the tag at the end of its element contradicts is wording.
- *Weak tags* — a lone ``(A)``, ``(I1)``, ``(?)``, ``(c)``, ``(context)`` — count only with no letter directly
  before them and a join, an arrow or the end after them; a lone ``(a)``, ``(i)``, ``(s)`` never counts.
- *Dashes*: ``(M-Resource)`` has a hyphen, ``(M–Resource)``, ``(M- Resource)`` and ``(M−Resource)`` a minus;
  ``(M – Resource)`` is read without direction and reported. ``(O+–)`` is mixed; two directions in two places
  (``(M+, Resource, –)``) are reported and none is taken. A doubled sign is one.
- *Other parentheses* are wording, those that are never closed too.
- *If … then … because …* without any tag is context, outcome and unsplit mechanism.

Nothing but closing punctuation is lost: wording without a tag becomes an element of kind unsure, and a
problem says where it is. What :func:`write` prints reads back as :func:`normalised` parts, without problems.
"""

from __future__ import annotations

from realist.domain.notation_parts import (
    NotationProblem,
    Part,
    ProblemKind,
    Reading,
    normalised,
    tag,
)
from realist.domain.notation_reader import read
from realist.domain.notation_words import JOINS
from realist.domain.notation_write import chain, draw, write

__all__ = [
    "JOINS",
    "NotationProblem",
    "Part",
    "ProblemKind",
    "Reading",
    "chain",
    "draw",
    "normalised",
    "read",
    "tag",
    "write",
]
