"""What is put on a paper that is extracted independently waits, too; what is done stays as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from realist.domain.configuration import Box, BoxElement, Ref
from realist.domain.notation import Part
from realist.errors import Refused
from realist.queries.appraisals import appraisals
from realist.queries.boxes import boxes
from realist.queries.paper_story import tags_of_papers
from realist.services import appraising, building, configurations, extracting, notes, papers
from realist.services.unit import Desk
from realist.vocabulary import ElementKind, ExtractionRole


def test_what_is_put_on_the_paper_waits_too_and_parts_stay_as_they_were(file_desk: Desk) -> None:
    one, other = file_desk, Desk(file_desk.store, "NG")
    notes.tag(other, "paper", papers.add_paper(other, label="Beech (2002)"), "later")
    papers.add_paper(one, label="Ash (2001)")
    appraising.add_ready_scale(one)
    notes.tag(one, "paper", "Ash (2001)", "before")
    extracting.allot_extraction(one, ["Ash (2001)"], ["SF", "NG"], ExtractionRole.INDEPENDENT)
    appraising.appraise(one, "Ash (2001)", "rigour", "low", reason="one site")
    notes.tag(one, "paper", "Ash (2001)", "doubtful")
    uid = configurations.add_configuration(
        one, Box(papers=(Ref("", "Ash (2001)"),), elements=(BoxElement(Part(ElementKind.CONTEXT, "x")),))
    )
    for who, seen in (("NG", 0), ("XX", 0), ("SF", 1)):
        with one.store.read() as connection:
            assert len(appraisals(connection, viewer=who)) == seen
            assert ("doubtful" in tags_of_papers(connection, viewer=who)) is bool(seen)
            assert "before" in tags_of_papers(connection, viewer=who)
    for desk in (one, other):
        extracting.finish_extraction(desk, "Ash (2001)")
    with one.store.read() as connection:
        assert len(appraisals(connection, viewer="NG")) == 1
        (box,) = boxes(connection, uids=[uid])
    for desk in (one, other):
        with pytest.raises(Refused, match="stays as it was"):
            building.change_part(desk, box.elements[0].uid, lambda part: replace(part, hedge="may"))
