"""Full texts: files to pages of plain text, and quotations found in them.

    from realist.documents import context_of, find_quotation, read_document

    document = read_document("sims2021.pdf", progress=lambda done, total: …)
    document.pages[3].label, document.pages[3].text, document.sections, document.scanned, document.problems

    context = context_of(document.pages, 4, 120, 180)
    found = find_quotation(document.pages, "the exact words", before=context.before, after=context.after)
    found.state, found.page, found.start, found.end, found.candidates

    grow(text, word_at(text, 120))      # a word, its sentence, its paragraph, the whole text

A file is read in a process of its own; all else is pure. Nothing here writes.
"""

from __future__ import annotations

from realist.documents.clauses import clauses
from realist.documents.finding import WIDTH, context_of, find_quotation
from realist.documents.reading import MOST_BYTES, read_document
from realist.documents.sentences import paragraphs, sentences
from realist.documents.spans import grow, paragraph_at, sentence_at, shrink, word_at, words
from realist.documents.values import (
    Candidate,
    Context,
    Document,
    DocumentKind,
    FindState,
    Found,
    Page,
    Problem,
    Section,
    Span,
)

__all__ = [
    "MOST_BYTES", "WIDTH", "Candidate", "Context", "Document", "DocumentKind", "FindState", "Found", "Page",
    "Problem", "Section", "Span", "clauses", "context_of", "find_quotation", "grow", "paragraph_at",
    "paragraphs", "read_document", "sentence_at", "sentences", "shrink", "word_at", "words",
]  # fmt: skip
