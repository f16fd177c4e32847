"""The tour holds a theory in four versions, two beside it, and everything that can bear on one."""

from __future__ import annotations

from realist.queries.naming import resolve
from realist.queries.theories import situations, standing, theories
from realist.queries.theory_bearing import borne
from realist.queries.theory_explains import explained
from realist.store.engine import open_store
from realist.vocabulary import Stance, StatementForm, TheoryStage


def test_the_theories_of_the_tour(tour: str) -> None:
    store = open_store(tour)
    with store.read() as connection:
        rows = theories(connection, viewer="AB")
        at = standing(connection, rows[0]["uid"], viewer="AB")
        found = borne(connection, rows[0]["uid"], viewer="AB")
        social = explained(connection, resolve(connection, "theory", "Social learning"), viewer="AB")
        situated = situations(connection, viewer="AB")
    store.close()
    assert [(row["kind"], row["versions"]) for row in rows] == [
        ("programme", 4), ("middle-range", 1), ("substantive", 0),
    ]  # fmt: skip
    stages = [version.stage for version in at.versions]
    assert stages == [TheoryStage.INITIAL, TheoryStage.CANDIDATE, TheoryStage.REFINED, TheoryStage.REFINED]
    assert {one.form for version in at.versions for one in version.statements} == set(StatementForm)
    assert {one.stance for one in found} == set(map(str, Stance))
    assert {one.kind for one in found} == {"box", "evidence"}
    assert {one.carried for one in at.here} == {True, False}
    assert [row["table"] for row in social] == ["mechanism", "theory_part", "element"]
    assert len(situated) == 3
