"""What people who were asked said in the world of world.py, notes, milestones; and the services for that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from realist.services import building, consulting, milestones, notes
from realist.services.unit import Desk
from realist.store.tables import Memo
from realist.vocabulary import ConsultationKind, ConsultationMode, Voice

LAST = "Mail round"
MET = "June meeting"


def ask_people(desk: Desk) -> None:
    """Hold a mail round in which things of several kinds were shown, and of which an act followed."""
    consulting.add_consultation(
        desk, LAST, mode=ConsultationMode.MAIL, held="2026-02", people=3, who="three employers",
        items=["mechanism Borrowed hope", "list agreed list"], decisions=["ask small firms"],
    )  # fmt: skip
    consulting.link_acts(desk, LAST, ["#2"])
    milestones.add_milestone(desk, "protocol", note="sent to all")
    notes.add_memo(desk, "consultation", MET, "Two of them left early.")
    consulting.add_feedback(desk, Voice.COMMENT, "Ask again in spring.", consultation=MET)


def _memo(w: Any) -> str:
    with w.store.read() as connection:
        return str(connection.execute(select(Memo.uid).where(Memo.subject_table == "mechanism")).scalar_one())


def _unsaid(desk: Desk, w: Any) -> None:
    consulting.drop_feedback(desk, f"{MET} f2", reason="not theirs")


CASES: dict[str, Callable[[Desk, Any], object]] = {
    "add_consultation: with things shown": lambda d, w: consulting.add_consultation(
        d, "May call", items=["box #1", "review"], people=0
    ),
    "edit_consultation": lambda d, w: consulting.edit_consultation(
        d, MET, name="First meeting", kind=ConsultationKind.TEAM, mode="", held="June", people="",
        who="seven people", shown="", stage="", reason="the minutes say so",
    ),
    "drop_consultation": lambda d, w: consulting.drop_consultation(d, LAST, reason="never held"),
    "show_at": lambda d, w: consulting.show_at(d, MET, ["box #1", "review", "box #1"]),
    "unshow_at": lambda d, w: consulting.unshow_at(d, LAST, "mechanism Borrowed hope", reason="forgotten"),
    "decide_at": lambda d, w: consulting.decide_at(d, LAST, "write to them again"),
    "edit_decision": lambda d, w: consulting.edit_decision(d, MET, 2, "Ask about firms of under ten."),
    "edit_decision: taken out": lambda d, w: consulting.edit_decision(d, MET, 1, "", reason="not said"),
    "link_acts": lambda d, w: consulting.link_acts(d, MET, ["#2", "3", "#2"]),
    "unlink_act": lambda d, w: consulting.unlink_act(d, LAST, "#2", reason="it came before"),
    "add_feedback: on a paper": lambda d, w: consulting.add_feedback(
        d, Voice.COMMENT, "That is us.", consultation=MET, about="paper #2", who="an employer"
    ),
    "add_feedback: on a part of a box": lambda d, w: consulting.add_feedback(
        d, Voice.FOR, "Yes.", about=f"part {w.element}"
    ),
    "edit_feedback": lambda d, w: consulting.edit_feedback(
        d, f"{MET} f1", voice=Voice.DIVIDED, words="You may believe it.", who="two supporters",
        about="review", consultation=LAST, reason="heard again",
    ),
    "edit_feedback: said in general": lambda d, w: consulting.edit_feedback(d, f"{MET} f1", about=""),
    "rest_part_on_words": lambda d, w: building.rest_part_on_words(d, w.element, f"{MET} f2"),
    "drop_feedback": _unsaid,
    "add_memo: on what was said": lambda d, w: notes.add_memo(d, "feedback", f"{MET} f1", "Who was it?"),
    "add_memo: on a memo": lambda d, w: notes.add_memo(d, "memo", _memo(w), "Answered."),
    "edit_memo": lambda d, w: notes.edit_memo(d, _memo(w), "Compare with coaching.", reason="clearer"),
    "drop_memo": lambda d, w: notes.drop_memo(d, _memo(w), reason="done"),
    "add_milestone": lambda d, w: milestones.add_milestone(d, "submitted", at="#9", note="to a journal"),
    "add_milestone: by its date": lambda d, w: milestones.add_milestone(d, "begun", at="2026-01-31"),
    "drop_milestone": lambda d, w: milestones.drop_milestone(d, "protocol", reason="another name"),
}  # fmt: skip
"""Every service of these rooms, on the world."""
