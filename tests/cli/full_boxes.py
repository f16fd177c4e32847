"""Boxes as JSON with every shape that the model allows, every field filled in somewhere."""

from __future__ import annotations

from typing import Any

AHMED = {"uid": "paper-ahmed", "label": "Ahmed (2019)"}
BAKER = {"uid": "paper-baker", "label": "Baker (2020)"}
TRUST = {"uid": "mechanism-trust", "name": "Trust", "kind": "theme"}
POWER = {"uid": "mechanism-power", "name": "Use of power", "kind": "mechanism"}
MERGER = {"kind": "context", "uid": "context-merger", "name": "Merger"}
STAYING = {"kind": "outcome", "uid": "outcome-stay", "name": "Staff stay"}


def element(uid: str, kind: str, text: str, segment: int, join: str = "", **more: Any) -> dict[str, Any]:
    """Return an element with all its fields."""
    fields: dict[str, Any] = {
        "uid": uid, "kind": kind, "text": text, "valence": None, "activation": None, "basis": None,
        "inference": None, "hedge": "", "site": "", "label": "", "segment": segment, "join": join,
        "sources": [], "tags": [],
    }  # fmt: skip
    return {**fields, **more}


def source(uid: str, kind: str, **more: Any) -> dict[str, Any]:
    """Return a source with all its fields."""
    fields: dict[str, Any] = {
        "uid": uid, "kind": kind, "text": "", "quotation": "", "locator": "", "paper": None,
        "excerpt": None, "feedback": None, "theory": None,
    }  # fmt: skip
    return {**fields, **more}


def box(uid: str, **more: Any) -> dict[str, Any]:
    """Return a box with all its fields."""
    fields: dict[str, Any] = {
        "uid": uid, "label": "", "title": "", "narrative": "", "printed": "", "setting": "", "country": "",
        "site": "", "status": "candidate", "polarity": None, "papers": [], "mechanisms": [], "elements": [],
        "links": [], "relations": [],
    }  # fmt: skip
    return {**fields, **more}


def link(uid: str, start: str, end: str, note: str = "") -> dict[str, Any]:
    """Return a link between two elements."""
    return {"uid": uid, "from": start, "to": end, "note": note}


def relation(uid: str, kind: str, other: str, label: str, note: str = "") -> dict[str, Any]:
    """Return a relation to another box."""
    return {"uid": uid, "kind": kind, "note": note, "configuration": {"uid": other, "label": label}}


def full() -> list[dict[str, Any]]:
    """Return the boxes: several papers and none, children and an overarching one, loops and ripples."""
    quoted = source(
        "source-1", "excerpt", quotation="They asked us.\n\nThen they did as they liked.", locator="p676",
        paper=BAKER, excerpt="excerpt-1", text="the second interview",
    )  # fmt: skip
    first = box(
        "box-1", label="1", title="Overarching", narrative="One.\n\nTwo.", printed="As printed (C).",
        setting="hospital", country="Sweden", site="two wards", status="synthesised", polarity="both",
        papers=[BAKER, AHMED], mechanisms=[POWER, TRUST],
        elements=[
            element("e1", "context", "Two departments merge", 1, label="C1", basis="stated", tags=[MERGER]),
            element("e2", "context", "money is short", 1, "and/or", basis="inferred", inference="abduction"),
            element("e3", "resource", "the leader asks", 2, valence="+", label="M1", sources=[
                quoted, source("source-2", "statement", text="we were not asked"),
                source("source-3", "theory", text="procedural justice"),
                source("source-4", "inference", text="memo:\nall leave"),
            ]),
            element("e4", "reasoning", "people doubt it", 2, "but", valence="-", activation="weak",
                    tags=[{**TRUST, "kind": "mechanism"}]),
            element("e5", "outcome", "some stay", 3, valence="±", hedge="may", site="ward 3",
                    tags=[STAYING], sources=[
                source("source-5", "excerpt", quotation=quoted["quotation"], locator="p676", paper=BAKER,
                       excerpt="excerpt-1"),
            ]),
            element("e6", "outcome", "nothing changes", 3, "and", valence="0"),
        ],
        links=[link("link-1", "e5", "e1", "a loop"), link("link-2", "e6", "f1", "a ripple")],
    )  # fmt: skip
    child = box(
        "box-1a", label="1a", status="paper-level", papers=[AHMED], mechanisms=[TRUST], polarity="presence",
        elements=[
            element("f1", "context", "nothing changes", 1, tags=[MERGER]),
            element("f2", "mechanism", "people hold back", 2, activation="strong", valence="+"),
            element("f3", "outcome", "they leave", 3, valence="-"),
        ],
        links=[link("link-3", "f3", "f3"), link("link-4", "f3", "e1")],
        relations=[relation("relation-1", "underpins", "box-1", "1", "as numbered in print")],
    )  # fmt: skip
    odd = box(
        "box-1b", label="1b", status="refined",
        elements=[element("g1", "unsure", "who knows", 1), element("g2", "strategy", "a plan", 2),
                  element("g3", "intervention", "a course", 3, activation="partial"),
                  element("g4", "actor", "leaders", 3, ",")],
        relations=[relation("relation-2", "underpins", "box-1", "1"),
                   relation("relation-3", "contradicts", "box-1a", "1a", "however"),
                   relation("relation-4", "varies", "box-x", "")],
    )  # fmt: skip
    lone = box("box-x", status="dropped", polarity="absence", printed="Only a sentence.",
               relations=[relation("relation-5", "rests on", "box-1b", "1b")])  # fmt: skip
    return [first, child, odd, lone]
