"""Papers side by side, and what joining them would come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.domain.filtering import Filter
from realist.queries import flow, listing, paper_story
from realist.queries.abreast import Side, Together, sides, together
from realist.services import notes, papers, plan, rounds, sameness
from realist.services.importing import Origin, import_file
from realist.services.unit import Desk
from realist.vocabulary import FlowStep, RoundKind

RIS = "".join(
    f"TY  - JOUR\nTI  - {title}\nAU  - Hale, Tom\nPY  - 2014\nAB  - {abstract}\nER  - \n"
    for title, abstract in (("Boots", "Short."), ("Boots", "A longer one."), ("Hills", "Other."))
)


@pytest.fixture
def review(desk: Desk, tmp_path: Path) -> Desk:
    """Three records of a search of stage 1, one of stage 2; one paper by hand."""
    (tmp_path / "one.ris").write_text(RIS, encoding="utf-8")
    (tmp_path / "two.ris").write_text(RIS.partition("ER  - \n")[0] + "ER  - \n", encoding="utf-8")
    plan.add_stage(desk, "1")
    plan.add_stage(desk, "2")
    for stage, file in (("1", "one.ris"), ("2", "two.ris")):
        plan.add_search(desk, f"Base {stage}", stage=stage, source="Base")
        import_file(desk, str(tmp_path / file), Origin(search=f"Base {stage}"))
    papers.add_paper(desk, label="By hand", title="Boots again", abstract="Typed.", supplied_by="a friend")
    return desk


def of(desk: Desk, *numbers: int) -> list[Side]:
    with desk.store.read() as connection:
        return sides(connection, paper_story.uids_numbered(connection, numbers))


def would_be(desk: Desk, *numbers: int) -> Together:
    with desk.store.read() as connection:
        return together(connection, paper_story.uids_numbered(connection, numbers))


def counted(desk: Desk) -> tuple[int, dict[str, dict[str, int]]]:
    """The papers there are, and what the flow counts by stage as duplicates and as known already."""
    wanted = {FlowStep.DUPLICATES: "duplicates", FlowStep.ALREADY_KNOWN: "known"}
    with desk.store.read() as connection:
        found: dict[str, dict[str, int]] = {}
        for stage in flow.staged_flow(connection):
            numbers = dict.fromkeys(wanted.values(), 0)
            for group in stage.groups:
                for line in group.lines:
                    if line.step in wanted and line.computed is not None:
                        numbers[wanted[line.step]] += line.computed
            found[stage.name] = numbers
        return listing.count(connection, Filter()), found


def test_a_paper_beside_another(review: Desk) -> None:
    notes.tag_papers(review, ["#1"], "core")
    one, other, hand = of(review, 1, 2, 5)
    assert one.line.number == 1
    assert one.line.tags == ("core",)
    assert one.fields["title"] == "Boots"
    assert one.fields["authors"] == "Hale, Tom"
    assert one.fields["year"] == "2014"
    assert one.fields["volume"] == ""
    assert (one.fields["abstract"], one.typed) == ("Short.", False)
    assert one.sources == (("Base 1", 1),)
    assert other.fields["abstract"] == "A longer one."
    assert (hand.fields["abstract"], hand.typed) == ("Typed.", True)
    assert hand.sources == ()
    assert hand.supplied_by == "a friend"


def test_what_was_joined_counts_as_the_papers_own(review: Desk) -> None:
    sameness.call_same(review, ["#1", "#2", "#4"])
    (number,) = {row.line.number for row in of(review, 1, 2, 4)}
    (side,) = of(review, number)
    assert [n for _, n, _ in side.parts] == [n for n in (1, 2, 4) if n != number]
    assert side.sources == (("Base 1", 2), ("Base 2", 1))
    assert side.fields["abstract"] == "A longer one."
    sameness.call_same(review, [f"#{number}", "#5"])
    with review.store.read() as connection:
        (uid,) = paper_story.uids_numbered(connection, [5])
        assert sides(connection, [uid])[0].fields["abstract"] == paper_story.abstract(connection, uid)


def test_what_is_gone_is_left_out(review: Desk) -> None:
    with review.store.read() as connection:
        assert sides(connection, ["no such uid"]) == []


@pytest.mark.parametrize("numbers", [(1, 2), (1, 4), (1, 5), (1, 2, 4), (3, 4), (1, 2, 3, 4, 5)], ids=str)
def test_what_joining_comes_to_is_what_is_counted_afterwards(review: Desk, numbers: tuple[int, ...]) -> None:
    said, before = would_be(review, *numbers), counted(review)
    best = sameness.call_same(review, [f"#{n}" for n in numbers])
    after = counted(review)
    assert said.best == best
    assert (said.before, said.after) == (before[0], after[0])
    differences = [
        (stage, after[1][stage]["duplicates"] - row["duplicates"], after[1][stage]["known"] - row["known"])
        for stage, row in before[1].items()
    ]
    assert list(said.stages) == [row for row in differences if row[1] or row[2]]
    (now,) = of(review, numbers[0])
    assert {name: now.fields[name] for name in said.fields} == said.fields


def test_a_paper_that_people_work_with_is_the_one_that_stays(review: Desk) -> None:
    rounds.add_round(review, "abstracts", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    rounds.enter(review, "abstracts", ["#2"])
    with review.store.read() as connection:
        wanted = paper_story.uids_numbered(connection, [2])[0]
    assert would_be(review, 1, 2).best == wanted
    assert would_be(review, 5, 2).best == wanted


def test_who_called_them_different_is_named(review: Desk) -> None:
    sameness.call_different(review, "#1", "#2", reason="two towns")
    assert would_be(review, 1, 2).apart == (("SF", "two towns"),)
    assert would_be(review, 1, 3).apart == ()
