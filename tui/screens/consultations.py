"""People who were asked: the consultations, and what was shown, said, decided and followed in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from textual import on
from textual.containers import Container
from textual.widget import Widget

from realist.text import line, paragraphs
from tui.actions import bindings
from tui.dialogs import Choose, Field, Form, Option
from tui.forms import consulting as forms
from tui.gateway import consulting
from tui.gateway.consulting import ConsultationRow, Listed
from tui.place import Place
from tui.sheets.consultation import ACT, write_consultation
from tui.sheets.sheet import Sheet
from tui.widgets.consultation_list import ConsultationList
from tui.widgets.detail import Detail
from tui.widgets.lines import Lines
from tui.widgets.page import Page

Found = dict[str, Any]


class ConsultationsScreen(Place):
    """A list of consultations, and the page of the one under the cursor."""

    PLACE = "consultations"
    TITLE = "Consultations"
    BINDINGS = bindings("consultations")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (130, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    ConsultationsScreen #both { height: 1fr; layout: vertical; }
    ConsultationsScreen #list { height: 1fr; min-height: 4; }
    ConsultationsScreen #page { height: 3fr; border-top: solid $panel; }
    ConsultationsScreen.-wide #both { layout: horizontal; }
    ConsultationsScreen.-wide #list { width: 1fr; height: 1fr; margin-right: 1; }
    ConsultationsScreen.-wide #page { width: 1fr; height: 1fr; border-top: none; border-left: solid $panel; }
    """

    def __init__(self, consultation: str = "", feedback: str = "") -> None:
        super().__init__()
        self._at, self._words = consultation, feedback
        self._found: Found | None = None

    def body(self) -> Iterable[Widget]:
        """Yield the list and the page."""
        yield Container(ConsultationList(id="list"), Detail(id="page"), id="both")

    # -- what is shown --------------------------------------------------------------------------------------

    @property
    def consultation(self) -> ConsultationRow | None:
        """The consultation under the cursor."""
        return self.query_one(ConsultationList).item

    def load(self) -> None:
        """Ask for the consultations."""
        self.fetch(partial(consulting.listed, feedback=self._words), self._show)

    def _show(self, listed: Listed) -> None:
        table, rows = self.query_one(ConsultationList), listed.rows
        self._at, self._words = listed.at or self._at, ""
        before, wanted = table.cursor, self._at
        table.fill(rows)
        at = next((place for place, row in enumerate(rows) if wanted and row.uid == wanted), before)
        table.go_to(at, tell=False)
        self.say_where(str(len(rows)))
        self._tell()

    def _tell(self) -> None:
        """Ask for the page of the consultation under the cursor; until the person moved, that one stays."""
        row = self.consultation
        if row is None:
            self._found = None
            self.query_one(Detail).show_of("", lambda sheet: None)
            return
        self._at = self._at or row.uid
        self.fetch(partial(consulting.page, uid=row.uid), self._told, group="detail")

    def _told(self, found: Found | None) -> None:
        row = self.consultation
        if found is not None and row is not None and found["uid"] == row.uid:
            self._found = found

            def write(sheet: Sheet) -> None:
                write_consultation(sheet, found)

            self.query_one(Detail).show_of(row.uid, write)

    @on(Lines.Moved, "#list")
    def moved(self) -> None:
        """Show the consultation the cursor came to."""
        self._at = ""
        self._tell()

    @on(Lines.Chosen, "#list")
    def chosen(self) -> None:
        """Go into the page."""
        self.query_one(Detail).focus()

    @on(Page.Followed)
    async def followed(self, event: Page.Followed) -> None:
        """Go to the thing that was talked of, or to the act in the log."""
        if event.target.kind == ACT:
            await self.ask("log", event.target.uid)
        else:
            self.house.open(event.target.kind, event.target.uid)

    # -- what is recorded -----------------------------------------------------------------------------------

    def _done(self, result: object) -> None:
        if result is not None:
            self._at = result if isinstance(result, str) else self._at
            self.forget()
            self.look_again()

    def _stay(self, result: object) -> None:
        if result is not None:
            self.forget()
            self.look_again()

    def _form(self, make: Callable[[ConsultationRow], Form]) -> None:
        """Show the form for the consultation at hand, after asking who is at the keyboard."""
        row = self.consultation
        if row is not None:
            self.house.with_person(lambda: self.app.push_screen(make(row), self._stay))

    def action_add(self) -> None:
        """Record a consultation."""

        def ask(stages: tuple[str, ...]) -> None:
            def save(values: dict[str, str]) -> str:
                return self.house.at_desk(lambda desk: consulting.add(desk, values))

            self.app.push_screen(forms.adding(stages, save), self._done)

        self.house.with_person(lambda: self.fetch(consulting.stages, ask, group="names"))

    def action_edit(self) -> None:
        """Change what is known of the consultation."""
        row, found = self.consultation, self._found
        if row is None or found is None:
            return

        def ask(stages: tuple[str, ...]) -> None:
            def save(values: dict[str, str]) -> str:
                return self.house.at_desk(lambda desk: consulting.edit(desk, row.uid, values))

            self.app.push_screen(forms.editing(found, stages, save), self._done)

        self.house.with_person(lambda: self.fetch(consulting.stages, ask, group="names"))

    def _pick(self, title: str, then: Callable[[str, str], None], general: bool = False) -> None:
        """Let a thing of the review be chosen; *then* takes what names it, and what it is called."""

        def ask(things: list[tuple[str, str, str]]) -> None:
            names = {value: f"{kind} {label}" for label, value, kind in things}
            options = [Option("in general", "")] if general else []
            options += [Option(paragraphs(label)[:400], value, kind) for label, value, kind in things]

            def chosen(value: str | None) -> None:
                if value is not None:
                    then(value, names.get(value, value or "in general"))

            self.app.push_screen(Choose(title, options, free="thing"), chosen)

        self.house.with_person(lambda: self.fetch(consulting.things, ask, group="names"))

    def action_shown(self) -> None:
        """Say that something of the review was shown."""
        row = self.consultation
        if row is not None:

            def write(said: str, called: str) -> None:
                self.house.write(
                    lambda desk: consulting.show(desk, row.uid, said),
                    self._stay,
                    say=f"Shown: {line(called)[:80]}.",
                )

            self._pick("What was shown?", write)

    def action_words(self) -> None:
        """Record what was said, of a thing that is chosen or in general."""
        row = self.consultation
        if row is not None:

            def ask(said: str, called: str) -> None:
                def save(values: dict[str, str]) -> None:
                    about = consulting.thing(said) if said else ""
                    self.house.at_desk(lambda desk: consulting.hear(desk, row.uid, about, values))

                self.app.push_screen(forms.hearing(row, said, called, save), self._stay)

            self._pick("Of what was something said?", ask, general=True)

    def action_correct(self) -> None:
        """Correct something that was recorded of what was said."""
        found = self._found
        if found is None or not found["feedback"]:
            self.house.say("Nothing is recorded yet of what was said: w records it.")
            return
        said = {one["uid"]: one for one in found["feedback"]}
        options = [Option(paragraphs(one["words"])[:400], uid, one["voice"]) for uid, one in said.items()]

        def ask(uid: str | None) -> None:
            if uid is not None:

                def save(values: dict[str, str]) -> None:
                    self.house.at_desk(lambda desk: consulting.correct(desk, uid, values))

                self.app.push_screen(forms.correcting(said[uid], save), self._stay)

        self.house.with_person(lambda: self.app.push_screen(Choose("Correct what?", options), ask))

    def action_decide(self) -> None:
        """Record something that was decided."""
        self._form(lambda row: self._one_text(row, "What was decided", "Decided", consulting.decide))

    def action_memo(self) -> None:
        """Write a memo on the consultation."""

        def write(desk: Any, uid: str, text: str) -> str:
            return consulting.memo(desk, "consultation", uid, text)

        self._form(lambda row: self._one_text(row, "Memo", "Memo", write))

    def _one_text(
        self, row: ConsultationRow, label: str, title: str, write: Callable[[Any, str, str], str]
    ) -> Form:
        def save(values: Mapping[str, str]) -> None:
            self.house.at_desk(lambda desk: write(desk, row.uid, values["text"]))

        fields = [Field("text", label, long=True)]
        return Form(f"{title} · {row.name[:80]}", fields, save, draft=f"{title.lower()} on {row.uid}")

    def action_link(self) -> None:
        """Link an act of the log that followed."""

        def make(row: ConsultationRow) -> Form:
            def save(values: Mapping[str, str]) -> None:
                self.house.at_desk(lambda desk: consulting.link(desk, row.uid, values["acts"]))

            note = "What names this consultation as what moved it is found without. g l shows the numbers."
            fields = [Field("acts", "Acts that followed, by number", help="Several: a space between.")]
            return Form(f"What followed · {row.name[:80]}", fields, save, note=note)

        self._form(make)

    def action_drop(self) -> None:
        """Take out a statement, a decision, a thing shown, a link, or the whole consultation."""
        row, found = self.consultation, self._found
        if row is None or found is None:
            return
        known = consulting.parts(found)
        options = [Option(paragraphs(label)[:400], value) for label, value in known]

        def ask(what: str | None) -> None:
            if what is not None:

                def save(values: Mapping[str, str]) -> None:
                    self.house.at_desk(
                        lambda desk: consulting.take_out(desk, row.uid, what, values["reason"])
                    )

                called = next(label for label, value in known if value == what)
                form = Form("Take out", [Field("reason", "Why")], save, note=called[:600], done="Take out")
                self.app.push_screen(form, self._stay)

        self.house.with_person(lambda: self.app.push_screen(Choose("Take out what?", options), ask))
