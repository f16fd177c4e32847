"""Words looked for in everything that has text: hits with the place where the words stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from realist.errors import WrongUse
from realist.queries.extractions import hidden_things
from realist.queries.grouping import Grouping, paper_grouping
from realist.queries.seen import hidden_memos
from realist.queries.sets import labels
from realist.queries.snippets import Marks, holds, snippet
from realist.store import asking, search
from realist.store.tables import (
    Base,
    Configuration,
    ConfigurationPaper,
    Context,
    Document,
    DocumentPage,
    DocumentText,
    Element,
    Evidence,
    Mechanism,
    MechanismAlias,
    MechanismVersion,
    Memo,
    Outcome,
    Paper,
    PaperText,
    Record,
    RecordText,
)
from realist.text import fold, shorten

CANDIDATES = 200
"""How many hits of a kind are put in order; where there are more, the first recorded ones are."""
_MANY = ("paper", "page")
"""The kinds of which there are so many that the index is asked, and not their texts."""
_TITLED = {"paper": ("label", "title"), "configuration": ("label", "title"), "mechanism": ("name",)}
Texts = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that holds the words.

    ``title`` is how it is named, ``number`` its short number (0 where it has none). ``where`` names the
    paper of a claim or box, what a memo is on, or the paper joined into this one that holds the words;
    ``where_kind`` and ``where_uid`` say which thing that is ("" without one). ``snippet`` is at most 200
    characters of ``field``; ``marks`` are (start, end) of the words in it.
    """

    kind: str
    uid: str
    number: int
    title: str
    where: str
    where_kind: str
    where_uid: str
    snippet: str
    marks: Marks
    field: str


def find(
    connection: Connection, words: str, *, kind: str = "", limit: int = 30, viewer: str = ""
) -> list[Hit]:
    """Return at most *limit* things that hold all *words*, the last as a beginning, by kind, best first.

    Kinds are paper, claim, configuration, mechanism, memo and page (of a full text). Each kind has its share
    of *limit*, and what one leaves the others take. Best is what has the words in its name; of a kind with
    over 200 hits only the first 200 are compared, whole words before beginnings: a word that stands
    everywhere takes no longer.
    Memos that *viewer* may not see yet are not there, nor what belongs to an extraction that is blind.
    """
    of_kinds = _kinds(kind)
    terms = asking.terms(words)
    if not terms or limit < 1:
        return []
    grouping = paper_grouping(connection)
    unseen = _unseen(connection, viewer)
    found = {of: _candidates(connection, words, of, terms, grouping, unseen) for of in of_kinds}
    share = _shares({of: len(uids) for of, uids in found.items()}, limit)
    return [hit for of in of_kinds for hit in _HITS[of](connection, found[of][: share[of]], terms, grouping)]


def counts(connection: Connection, words: str, *, viewer: str = "") -> dict[str, int]:
    """Return by kind how many things hold all *words*; joined papers count once.

    What *viewer* may not see yet is not there, as in :func:`find`.
    """
    grouping = paper_grouping(connection)
    unseen = _unseen(connection, viewer)
    every = {
        (kind, grouping[uid] if kind == "paper" else uid)
        for kind, uid in asking.some(connection, words)
        if uid not in unseen
    }
    found = Counter(kind for kind, _ in every)
    return {kind: found[kind] for kind in search.KINDS}


def _unseen(connection: Connection, viewer: str) -> frozenset[str]:
    return hidden_memos(connection, viewer=viewer) | hidden_things(connection, viewer=viewer)


def _kinds(kind: str) -> list[str]:
    if kind and kind not in search.KINDS:
        raise WrongUse(f"There is no text of kind {kind!r}: use one of {', '.join(search.KINDS)}.")
    return [kind] if kind else list(search.KINDS)


def _shares(there: dict[str, int], limit: int) -> dict[str, int]:
    """Return how many hits each kind shows: in turn one more each, until all are shown or it is enough."""
    share = dict.fromkeys(there, 0)
    while sum(share.values()) < limit and any(share[kind] < n for kind, n in there.items()):
        for kind, n in there.items():
            if share[kind] < n and sum(share.values()) < limit:
                share[kind] += 1
    return share


def _candidates(
    connection: Connection,
    words: str,
    kind: str,
    terms: Sequence[str],
    grouping: Grouping,
    unseen: Collection[str],
) -> list[str]:
    """Return uids of a kind that hold the words, those first that have them in their names."""
    if kind not in _MANY:
        uids = asking.among_few(connection, words, kind, CANDIDATES, apart=unseen)
    else:
        # what is unseen must not take the place of a paper either
        only = kind if unseen or kind != "paper" else ""
        some = asking.some(connection, words, CANDIDATES, beginning=False, kind=only)
        if len(some) < CANDIDATES:  # whole words are found sooner, and are what was meant more often
            some = [*some, *asking.some(connection, words, CANDIDATES, kind=only)]
        uids = [uid for of, uid in dict.fromkeys(some) if of == kind]
        if kind != "paper":
            return uids
        one_each = {grouping[uid]: uid for uid in reversed(uids)}
        uids = [uid for uid in uids if one_each[grouping[uid]] == uid]
    names = _names(connection, kind, uids)
    score = {uid: holds(names.get(uid, ""), terms) + _begins(names.get(uid, ""), terms) for uid in uids}
    return sorted(uids, key=lambda uid: -score[uid])


def _begins(name: str, terms: Sequence[str]) -> bool:
    return bool(name) and fold(name).startswith(" ".join(terms))


def _names(connection: Connection, kind: str, uids: Sequence[str]) -> dict[str, str]:
    if kind not in _TITLED:
        return {}
    table = search.KINDS[kind]
    columns = [table.__table__.c[name] for name in _TITLED[kind]]
    rows = connection.execute(select(table.uid, *columns).where(table.uid.in_(uids)))
    return {uid: "\n".join(filter(None, reversed(names))) for uid, *names in rows}


def _shown(texts: Iterable[tuple[str, str]], terms: Sequence[str]) -> tuple[str, Marks, str]:
    """Return snippet, marks and name of the field that holds most of the words, the first of several."""
    held = [(field, text, holds(text, terms)) for field, text in texts if text]
    field, text, _ = max(held, key=lambda of: of[2], default=("", "", 0))
    return *snippet(text, terms), field


def _texts(connection: Connection, uids: Sequence[str], *statements: object) -> Texts:
    """Return (field, text) by the uid in the first column, column by column, row by row."""
    found: Texts = defaultdict(list)
    for statement in statements:
        result = connection.execute(statement)  # type: ignore[call-overload]
        names = list(result.keys())[1:]
        for uid, *values in result:
            found[uid] += [
                (field, str(value).replace("\n", "; ") if field == "authors" else str(value))
                for field, value in zip(names, values, strict=True)
                if value
            ]
    return found


def _papers(
    connection: Connection, uids: Sequence[str], terms: Sequence[str], grouping: Grouping
) -> list[Hit]:
    p, text = Paper, RecordText
    texts = _texts(
        connection, uids,
        select(p.uid, p.title, p.label, p.authors, p.year, p.journal, p.doi).where(p.uid.in_(uids)),
        select(PaperText.uid, PaperText.abstract, PaperText.note).where(PaperText.uid.in_(uids)),
        select(Record.paper, text.abstract, text.keywords).join(text, text.uid == Record.uid)
        .where(Record.paper.in_(uids)).order_by(Record.uid),
    )  # fmt: skip
    wholes = {uid: grouping[uid] for uid in uids}
    names = labels(connection, list({*wholes, *wholes.values()}))
    of = _numbers(connection, Paper, list(wholes.values()))
    found = []
    for uid, whole in wholes.items():
        where = ("", "", "") if uid == whole else (names[uid], "paper", uid)
        found.append(Hit("paper", whole, of[whole], names[whole], *where, *_shown(texts[uid], terms)))
    return found


def _numbers(connection: Connection, table: type[Base], uids: Sequence[str]) -> dict[str, int]:
    c = table.__table__.c
    return {uid: n for uid, n in connection.execute(select(c.uid, c.number).where(c.uid.in_(uids)))}  # noqa: C416


def _claims(
    connection: Connection, uids: Sequence[str], terms: Sequence[str], grouping: Grouping
) -> list[Hit]:
    e = Evidence
    texts = _texts(connection, uids, select(e.uid, e.claim, e.topic, e.site).where(e.uid.in_(uids)))
    on = func.coalesce(Mechanism.name, Context.name, Outcome.name, Configuration.label, "").label("on")
    rows = connection.execute(
        select(e.uid, e.paper, e.stance, on)
        .outerjoin(Mechanism, Mechanism.uid == e.mechanism)
        .outerjoin(Context, Context.uid == e.context)
        .outerjoin(Outcome, Outcome.uid == e.outcome)
        .outerjoin(Configuration, Configuration.uid == e.configuration)
        .where(e.uid.in_(uids))
    )
    known = {row.uid: row for row in rows}
    names = labels(connection, list({grouping[row.paper] for row in known.values()}))
    found = []
    for uid in uids:
        row = known[uid]
        paper = grouping[row.paper]
        where = (names[paper], "paper", paper)
        found.append(Hit("claim", uid, 0, f"{row.stance} {row.on}", *where, *_shown(texts[uid], terms)))
    return found


def _boxes(
    connection: Connection, uids: Sequence[str], terms: Sequence[str], grouping: Grouping
) -> list[Hit]:
    c = Configuration
    texts = _texts(
        connection, uids,
        select(c.uid, c.title, c.label, c.narrative, c.setting, c.country).where(c.uid.in_(uids)),
        select(Element.configuration, Element.text.label("element"))
        .where(Element.configuration.in_(uids)).order_by(Element.position),
    )  # fmt: skip
    of = ConfigurationPaper
    rows = connection.execute(
        select(of.configuration, of.paper).where(of.configuration.in_(uids)).order_by(of.position.desc())
    )
    paper = {configuration: grouping[uid] for configuration, uid in rows}
    names = labels(connection, list(set(paper.values())))
    heads = connection.execute(select(c.uid, c.number, c.label, c.title).where(c.uid.in_(uids)))
    known = {row.uid: row for row in heads}
    found = []
    for uid in uids:
        row = known[uid]
        title = " ".join(filter(None, (row.label, row.title))) or f"#{row.number}"
        where = (names[paper[uid]], "paper", paper[uid]) if uid in paper else ("", "", "")
        found.append(Hit("configuration", uid, row.number, title, *where, *_shown(texts[uid], terms)))
    return found


def _mechanisms(
    connection: Connection, uids: Sequence[str], terms: Sequence[str], grouping: Grouping
) -> list[Hit]:
    m, alias, version = Mechanism, MechanismAlias, MechanismVersion
    texts = _texts(
        connection, uids,
        select(m.uid, m.name, m.note).where(m.uid.in_(uids)),
        select(alias.mechanism, alias.name.label("alias")).where(alias.mechanism.in_(uids))
        .order_by(alias.at, alias.uid),
        select(version.mechanism, version.description).where(version.mechanism.in_(uids))
        .order_by(version.number.desc()),
    )  # fmt: skip
    rows = connection.execute(select(m.uid, m.number, m.name).where(m.uid.in_(uids)))
    known = {row.uid: row for row in rows}
    return [
        Hit("mechanism", uid, known[uid].number, known[uid].name, "", "", "", *_shown(texts[uid], terms))
        for uid in uids
    ]


def _memos(
    connection: Connection, uids: Sequence[str], terms: Sequence[str], grouping: Grouping
) -> list[Hit]:
    rows = connection.execute(
        select(Memo.uid, Memo.subject_table, Memo.subject, Memo.text).where(Memo.uid.in_(uids))
    )
    known = {row.uid: row for row in rows}
    names = {
        (kind, subject): name
        for kind in {row.subject_table for row in known.values()}
        for subject, name in _subjects(
            connection, kind, [row.subject for row in known.values() if row.subject_table == kind]
        )
    }
    found = []
    for uid in uids:
        row = known[uid]
        of = (row.subject_table, row.subject)
        where = (names.get(of, ""), *of)
        title = shorten(row.text, 60)
        found.append(Hit("memo", uid, 0, title, *where, *_shown([("text", row.text)], terms)))
    return found


def _pages(
    connection: Connection, uids: Sequence[str], terms: Sequence[str], grouping: Grouping
) -> list[Hit]:
    p, d = DocumentPage, Document
    rows = connection.execute(
        select(p.uid, p.number, p.label, p.body, d.name, d.paper)
        .join(DocumentText, DocumentText.uid == p.document_text)
        .join(d, d.uid == DocumentText.document)
        .where(p.uid.in_(uids))
    )
    known = {row.uid: row for row in rows}
    names = labels(connection, list({grouping[row.paper] for row in known.values()}))
    found = []
    for uid in uids:
        row = known[uid]
        paper = grouping[row.paper]
        title = f"p. {row.label or row.number} of {row.name}"
        where = (names[paper], "paper", paper)
        found.append(Hit("page", uid, 0, title, *where, *_shown([("text", row.body)], terms)))
    return found


def _subjects(connection: Connection, kind: str, uids: list[str]) -> Iterable[tuple[str, str]]:
    """Yield (uid, name) of things of any table that a memo can be on."""
    if kind == "paper":
        yield from labels(connection, uids).items()
        return
    table = Base.metadata.tables.get(kind)
    if table is None:
        return
    columns = [table.c[name] for name in ("name", "label", "title") if name in table.c]
    for uid, *names in connection.execute(select(table.c.uid, *columns).where(table.c.uid.in_(uids))):
        yield uid, next(filter(None, names), "")


_HITS: dict[str, Callable[[Connection, Sequence[str], Sequence[str], Grouping], list[Hit]]] = {
    "paper": _papers,
    "claim": _claims,
    "configuration": _boxes,
    "mechanism": _mechanisms,
    "memo": _memos,
    "page": _pages,
}
