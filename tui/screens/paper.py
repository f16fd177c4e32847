"""One paper: everything about it on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import on
from textual.widget import Widget

from realist.text import shorten
from realist.vocabulary import RetrievalStatus, Stance
from tui.actions import bindings
from tui.dialogs import Choose, Field, Form, Option
from tui.forms.same import begin_relate, begin_same, begin_split
from tui.gateway import paper as gateway
from tui.gateway import papers
from tui.place import Place
from tui.sheets.paper import write_paper
from tui.sheets.raw_record import RawRecord
from tui.sheets.sheet import Sheet
from tui.widgets.detail import Detail
from tui.widgets.page import Page

_LONG = ("authors", "abstract", "note")


class PaperScreen(Place):
    """A paper with its decisions, evidence, boxes, corrections and records.

    *others* are the numbers of the papers of the list that one comes from; *came_to* is told which of them
    is shown when that changes.
    """

    PLACE = "paper"
    TITLE = "Paper"
    BINDINGS = bindings("paper")

    def __init__(
        self, uid: str, *, others: Sequence[int] = (), came_to: Callable[[int], None] | None = None
    ) -> None:
        super().__init__()
        self.uid = uid
        self.others = others
        self._came_to = came_to
        self._story: gateway.Story | None = None

    def body(self) -> Iterable[Widget]:
        """Yield the page."""
        yield Detail(id="paper")

    def load(self) -> None:
        """Ask for everything about the paper."""
        uid = self.uid
        self.fetch(lambda gate: gateway.story(gate, uid), lambda story: self._show(uid, story))

    def _show(self, uid: str, story: gateway.Story | None) -> None:
        if uid != self.uid:
            return
        self._story = story

        def write(sheet: Sheet) -> None:
            if story is None:
                sheet.text("This paper is not in the review any more; q goes back.", "muted")
            else:
                write_paper(sheet, story)

        self.query_one(Detail).show_of(uid, write)
        if story is not None:
            place = papers.place_of(self.others, story.paper["number"])
            of = f" · {place + 1:,} of {len(self.others):,}" if place is not None else ""
            self.say_where(f"#{story.paper['number']} {self._called}{of}")

    @property
    def _called(self) -> str:
        if self._story is None:
            return ""
        paper = self._story.paper
        return shorten(paper["label"] or paper["title"] or paper["doi"], 50)

    # -- following ------------------------------------------------------------------------------------------

    @on(Page.Followed)
    def follow(self, event: Page.Followed) -> None:
        """Open what a line leads to."""
        if event.target.kind == "record":
            self._show_record(event.target.uid)
        else:
            self.house.open(event.target.kind, event.target.uid)

    def _show_record(self, uid: str | None) -> None:
        record = gateway.raw(self.gate, uid) if uid else None
        if record is not None:
            self.app.push_screen(RawRecord(record))

    def action_raw(self) -> None:
        """Show the records behind the paper to the letter."""
        records = self._story.paper["records"] if self._story else []
        if not records:
            self.house.say("No database gave this paper: there is no record behind it.")
        elif len(records) == 1:
            self._show_record(records[0]["uid"])
        else:
            options = [
                Option(f"{row['file']}, line {row['line']}", row["uid"], row["source_key"]) for row in records
            ]
            self.app.push_screen(Choose("Which record?", options), self._show_record)

    def action_next(self) -> None:
        """Go to the next paper of the list."""
        self._go(1)

    def action_previous(self) -> None:
        """Go to the paper before."""
        self._go(-1)

    def _go(self, steps: int) -> None:
        number = self._story.paper["number"] if self._story else 0
        place = papers.place_of(self.others, number)
        if place is None:
            self.house.say("This paper was not opened from a list: there is no next one.")
        elif not 0 <= place + steps < len(self.others):
            self.house.say("This is the last paper of the list." if steps > 0 else "This is the first one.")
        else:
            there = self.others[place + steps]
            self.uid = papers.uid_of(self.gate, there) or self.uid
            if self._came_to:
                self._came_to(there)
            self.load()

    def action_boxes(self) -> None:
        """Go to the boxes of the paper."""
        self.house.open("boxes of paper", self.uid)

    def action_read(self) -> None:
        """Read the full text of the paper."""
        self.house.open("reading", self.uid)

    def action_add_box(self) -> None:
        """Go to the boxes of the paper, and add one."""
        self.action_boxes()
        boxes = self.app.screen
        boxes.call_after_refresh(boxes.run_action, "add_box")

    # -- writing --------------------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Choose a field, then correct it."""
        if self._story is None:
            return
        now = gateway.fields(self._story.paper)
        options = [Option(name, name, shorten(value, 200)) for name, value in now.items()]

        def chosen(field: str | None) -> None:
            if field:
                self._edit(field, now[field])

        self.house.with_person(lambda: self.app.push_screen(Choose("Which field?", options), chosen))

    def _edit(self, field: str, value: str) -> None:
        uid, story = self.uid, self._story
        corrections = story.paper["corrections"] if story else []
        first = next((row["original"] for row in corrections if row["field"] == field), None)

        def save(values: dict[str, str]) -> None:
            self.house.at_desk(lambda desk: gateway.edit(desk, uid, field, values["value"], values["reason"]))

        what = "one a line, or with ; between" if field == "authors" else "what it should be"
        note = (
            "What stands there now is kept."
            if first is None
            else f"At first: {shorten(first, 300) or '(empty)'}"
        )
        fields = [
            Field("value", f"{field}: {what}", value, long=field in _LONG or len(value) > 60),
            Field("reason", "Why"),
        ]
        self.app.push_screen(Form(f"Edit the {field} of {self._called}", fields, save, note=note))

    def action_same_as(self) -> None:
        """Say which paper is the same document."""
        begin_same(self, self.uid)

    def action_relate(self) -> None:
        """Say which paper belongs together with this one."""
        begin_relate(self, self.uid)

    def action_split(self) -> None:
        """Take a joined paper out again."""
        if self._story is not None:
            paper = self._story.paper
            parts = [(row["uid"], row["number"], row["label"] or row["title"]) for row in paper["joined"]]
            begin_split(self.house, [(paper["uid"], paper["number"], parts)])

    def action_full_text(self) -> None:
        """Record how far the full text has come."""
        uid = self.uid

        def save(values: dict[str, str]) -> None:
            self.house.at_desk(lambda desk: gateway.record_text(desk, uid, values))

        fields = [
            Field("status", "The full text is", choices=tuple(map(str, RetrievalStatus)), only=True),
            Field("happened", "When, as far as known"),
            Field(
                "reason", "Where from, or why not", help="Not obtainable needs a reason: reviews report it."
            ),
        ]
        title = f"Full text of {self._called}"
        self.house.with_person(lambda: self.app.push_screen(Form(title, fields, save)))

    def action_claim(self) -> None:
        """Record evidence of the paper on a mechanism."""
        self.fetch(gateway.mechanisms, self._claim, group="mechanisms")

    def _claim(self, mechanisms: tuple[str, ...]) -> None:
        uid = self.uid

        def save(values: dict[str, str]) -> str:
            self.house.at_desk(lambda desk: gateway.claim(desk, uid, values))
            return "The evidence was recorded."

        fields = [
            Field("mechanism", "Mechanism (→ takes the suggestion)", choices=mechanisms),
            Field("stance", "What the paper does to it", Stance.NOT_JUDGED, choices=tuple(Stance), only=True),
            Field("claim", "What the paper says, in your words", long=True),
            Field("quotation", "The paper's own words", long=True),
            Field("locator", "Where they stand, as printed: p676"),
        ]
        title = f"Evidence of {self._called}"
        form = Form(title, fields, save, draft=f"evidence of {uid}")
        self.house.with_person(lambda: self.app.push_screen(form, self.house.say_done))

    def action_tag(self) -> None:
        """Put a tag on the paper."""

        def ask(known: dict[str, int]) -> None:
            options = [
                Option(tag, tag, f"on {n:,} papers" if n != 1 else "on 1 paper") for tag, n in known.items()
            ]
            self.app.push_screen(Choose(f"Tag {self._called}", options, free="new tag"), chosen)

        def chosen(tag: str | None) -> None:
            if tag:
                self.house.write(lambda desk: gateway.tag(desk, uid, tag))

        uid = self.uid
        self.fetch(gateway.tags, ask, group="tags")

    def action_untag(self) -> None:
        """Take a tag off the paper."""
        uid, tags = self.uid, self._story.tags if self._story else []

        def chosen(tag: str | None) -> None:
            if tag:
                self.house.write(lambda desk: gateway.untag(desk, uid, tag))

        if tags:
            options = [Option(tag, tag) for tag in tags]
            self.app.push_screen(Choose(f"Take a tag off {self._called}", options), chosen)
        else:
            self.house.say("No tag is on this paper: t puts one on.")

    def action_memo(self) -> None:
        """Write a memo on the paper."""
        uid = self.uid

        def save(values: dict[str, str]) -> None:
            self.house.at_desk(lambda desk: gateway.memo(desk, uid, values["text"]))

        field = Field("text", "What should be remembered of this paper", long=True)
        form = Form(f"Memo on {self._called}", [field], save, draft=f"memo on {uid}")
        self.house.with_person(lambda: self.app.push_screen(form))
