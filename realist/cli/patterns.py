"""Verbs for patterns among boxes: what is alike, what recurs, what leads on."""

from __future__ import annotations

from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.cli.tables import write_whole
from realist.errors import NotFound
from realist.exports.patterns import groups_json, groups_text, like_text, member_json
from realist.queries.naming_boxes import BOX, resolve_any
from realist.queries.patterns import accounts
from realist.text import plain


@click.group("pattern")
def pattern_() -> None:
    """Patterns among boxes: similar ones, pairs that recur, chains."""


@pattern_.command("similar")
@click.argument("box", required=False)
@click.option(
    "--over", type=click.IntRange(0, 100), default=0, help="Only boxes that share so much, of a hundred."
)
@click.option("--words", is_flag=True, help="By the wording alone, without tags.")
@as_json
def pattern_similar(box: str | None, over: int, words: bool, json_: bool) -> None:
    """Show boxes that say the same in other words, in groups, and why; or what is like BOX.

    Boxes are compared by their words, side by side (context, mechanism, outcome), and by their tags: rare
    words and tags weigh more, word order and endings do not count. A box is in a group when what it says is
    said far more readily there than in the whole review. Nothing is joined: a person decides what is a
    pattern, and names it with `realist regularity add`.

    Of a hundred: how much of what a box says, by weight of its words, others of its group say, too.
    """
    from realist.domain.patterns.alike import like, similar

    me = viewer()
    with review() as store, store.read() as connection:
        of = accounts(connection, viewer=me)
        uid = resolve_any(connection, BOX, box, viewer=me) if box else ""
    if uid:
        if uid not in of.papers:
            raise NotFound("This box does not count: it was dropped, or a consensus stands in its place.")
        found = [one for one in like(of.boxes, uid, tags=not words) if one.score >= over]
        if json_:
            show.say_json([member_json(one, of.named(uid), of) for one in found])
        else:
            show.say(like_text(of.named(uid), found, of, show.width()).rstrip())
        return
    groups = similar(of.boxes, tags=not words, over=over)
    if json_:
        show.say_json(groups_json(groups, of))
    else:
        show.say(groups_text(groups, of, show.width()).rstrip())


@pattern_.command("recurrent")
@click.option("--papers", "least", type=click.IntRange(1), default=2, show_default=True, help="In so many.")
@click.option("--worded", is_flag=True, help="Name parts without a tag by their wording, where it recurs.")
@click.option("--pairs", is_flag=True, help="Without the mechanisms: contexts with outcomes only.")
@as_json
def pattern_recurrent(least: int, worded: bool, pairs: bool, json_: bool) -> None:
    """Show which named contexts and outcomes go together in several papers, and what speaks against it.

    A pattern is a context tag and an outcome tag in one box, and such a pair with a mechanism. Its direction
    is that of the outcome (+ or -) in most papers; boxes that do not say count with it. A counter-example is
    a box with the same context, and mechanism if the pattern has one, whose same outcome goes the other way.
    Where there is a mechanism, a box that shows its absence counts the other way round. An outcome without
    change or mixed is listed apart; boxes of the context with other outcomes only are counted, and are no
    counter-examples. Papers that are one document count once; of one study, they are said beside.
    """
    from realist.domain.patterns.recurrent import recurrent
    from realist.exports.recurrent import recurrent_json, recurrent_text

    with review() as store, store.read() as connection:
        of = accounts(connection, viewer=viewer())
    found = recurrent(of.boxes, of.papers, of.studies, least=least, worded=worded)
    found = [one for one in found if not (pairs and one.mechanism)]
    if json_:
        show.say_json(recurrent_json(found, of))
    else:
        show.say(recurrent_text(found, of, least, show.width()).rstrip())


@pattern_.command("chains")
@click.option(
    "--mermaid", type=click.Path(allow_dash=True), help="Write them as Mermaid to a file; - prints."
)
@click.option("--svg", type=click.Path(), help="Draw them as SVG.")
@as_json
def pattern_chains(mermaid: str | None, svg: str | None, json_: bool) -> None:
    """Show ripple chains: where an outcome of one box is the context of the next, loops included.

    Followed are links between parts of different boxes (`realist cmo link`), and from an outcome back to a
    context of the same box, which is a loop. A box is written out once; a loop is named by its boxes.
    """
    from realist.domain.patterns.chains import chains
    from realist.exports.chains import chains_json, chains_mermaid, chains_svg, chains_text

    with review() as store, store.read() as connection:
        of = accounts(connection, viewer=viewer())
    found = chains(of.boxes)
    drawn = {"Mermaid": (mermaid, chains_mermaid), "SVG": (svg, chains_svg)}
    wrote = [_written(name, to, draw(found, of)) for name, (to, draw) in drawn.items() if to]
    if json_:
        show.say_json(chains_json(found, of))
    elif not wrote:
        show.say(chains_text(found, of, show.width()).rstrip())


def _written(what: str, to: str, text: str) -> str:
    """Write a figure to a file, or print it for "-"; say where it is."""
    if to == "-":
        show.say(text.rstrip())
    else:
        write_whole(Path(to), text, marked=False)
        click.echo(f"{what} was written to {plain(to)}.", err=True)
    return to


@click.command("saturation")
@click.option(
    "--every", type=click.IntRange(1), default=10, show_default=True, help="So many papers at once."
)
@click.option("--svg", type=click.Path(), help="Draw it as SVG.")
@as_json
def saturation_(every: int, svg: str | None, json_: bool) -> None:
    """Show how much that is new papers brought, per ten of them, in the order in which they were read.

    A paper was read when its first reading, evidence, excerpt or box was entered, or its extraction was done.
    New are mechanisms and boxes that no paper before spoke of; of the boxes, those are told apart that say
    nothing like a box before. Whether that is saturation is for people to say.
    """
    from realist.domain.patterns.alike import similar
    from realist.domain.patterns.saturation import stretches
    from realist.exports.saturation import saturation_json, saturation_svg, saturation_text
    from realist.queries.saturation import papers_read

    me = viewer()
    with review() as store, store.read() as connection:
        of = accounts(connection, viewer=me)
        papers = papers_read(connection, of, viewer=me)
    found = stretches(papers, [group.uids for group in similar(of.boxes)], every=every)
    if svg:
        _written("SVG", svg, saturation_svg(found))
    if json_:
        show.say_json(saturation_json(found, papers, of))
    elif not svg:
        show.say(saturation_text(found, show.width()).rstrip())


@click.command("lineage")
@click.argument("box", required=False)
@click.option("--depth", type=click.IntRange(0), default=None, help="Only so far below the tops.")
@click.option("--mermaid", type=click.Path(allow_dash=True), help="Write it as Mermaid to a file; - prints.")
@as_json
def cmo_lineage(box: str | None, depth: int | None, mermaid: str | None, json_: bool) -> None:
    """Show what boxes were made of: the few that many were consolidated into, as trees.

    Below a box stands what it rests on, what underpins it, and what a move consolidated, reconciled or
    adjudicated into it; beside it, how many boxes that are and of how many papers. With BOX, the trees that
    it is in. A box below several is shown below each. What is in no tree is counted at the end.
    """
    from realist.exports.lineage import lineage_json, lineage_mermaid, lineage_text
    from realist.queries.lineage import descent

    me = viewer()
    with review() as store, store.read() as connection:
        uid = resolve_any(connection, BOX, box, viewer=me) if box else ""
        found = descent(connection, box=uid, viewer=me)
    if mermaid:
        _written("Mermaid", mermaid, lineage_mermaid(found))
    if json_:
        show.say_json(lineage_json(found))
    elif not mermaid:
        show.say(lineage_text(found, show.width(), depth).rstrip())
