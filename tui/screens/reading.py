"""Read: the text of one paper, to search, to select in, to keep excerpts of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from realist.documents import Span
from realist.text import shorten
from tui.actions import bindings
from tui.builder import Builder
from tui.dialogs import Choose, Option
from tui.dialogs import excerpt as dialog
from tui.forms.reading import Stretch, begin_attach, begin_drop, begin_edit, begin_keep
from tui.fulltext import Whole, whole
from tui.gateway import reading
from tui.gateway.reading import Opened
from tui.sheets.building import kind_of, write_boxes, write_strip
from tui.sheets.excerpts import FOUND, stands, write_excerpt, write_list
from tui.sheets.sheet import Sheet
from tui.widgets.detail import Detail
from tui.widgets.full_text import FullText, Marked
from tui.widgets.page import Page

if TYPE_CHECKING:
    from realist.documents import Candidate
    from realist.queries.excerpts import Anchored, Quoted
    from tui.gateway.door import Gateway

WIDE = 120
"""From so many columns on, the boxes and the excerpts stand beside the text."""
STRIP = 4
"""So many lines the box that is worked on has below the text, where there is no room beside it."""
_NONE = "No text of this paper is here yet. a attaches a file: PDF, Word, HTML, Markdown or plain text."
_EMPTY = "There are no words in this text: its pages may be pictures. a attaches another file."
_GONE = "This paper is not in the review any more; q goes back."


class ReadingScreen(Builder):
    """The texts of the paper *uid*: the first one, or the page that a search found as *hit* by *words*."""

    PLACE = "reading"
    TITLE = "Read"
    BINDINGS = bindings("reading")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    ReadingScreen #both { height: 1fr; layout: vertical; }
    ReadingScreen #text { height: 1fr; width: 1fr; }
    ReadingScreen #side { display: none; height: 45%; border-top: solid $panel; }
    ReadingScreen #strip { display: none; height: 5; border-top: solid $panel; overflow-y: hidden; }
    ReadingScreen.-narrow.-building #strip { display: block; }
    ReadingScreen.-narrow.-turned #strip { display: none; }
    ReadingScreen.-narrow.-turned #side { display: block; }
    ReadingScreen.-wide #both { layout: horizontal; }
    ReadingScreen.-wide #side { display: block; width: 46; height: 1fr; border-top: none;
      border-left: solid $panel; }
    ReadingScreen.-wide.-turned #side { display: none; }
    """

    def __init__(self, uid: str, *, hit: str = "", words: str = "") -> None:
        super().__init__()
        self._paper, self._hit, self._words = uid, hit, words
        self._wanted: str | None = reading.FIRST
        self._known: str | None = None
        self._opened: Opened | None = None
        self._placing = ""

    # -- what is shown --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask for the text and the excerpts; for pages that are known, not again."""
        paper, wanted, known, hit = self._paper, self._wanted, self._known, self._hit

        def query(gate: Gateway) -> tuple[Opened | None, Whole | None]:
            found = reading.opened(gate, paper, wanted, known, hit)
            made = found and found.pages is not None and whole(found.pages, found.sections)
            return found, made or None

        self.fetch(query, lambda found: self._show(*found))

    def _show(self, found: Opened | None, made: Whole | None) -> None:
        self._opened = found
        self.drawn()
        text = self.text
        if found is None or found.text is None:
            self._known = None
            text.show(whole(()), _GONE if found is None else _NONE)
        elif made is not None and (found.text.uid != self._known or made.text != text.whole.text):
            self._known = self._wanted = found.text.uid
            text.show(made, _EMPTY)
            text.mark(excerpts=self._marked())
            self._begin(found, made)
        else:
            text.mark(excerpts=self._marked())
        self.show_boxes()
        self.say_place()
        self.offer()

    def _begin(self, found: Opened, made: Whole) -> None:
        """Go to the page that was found, and search on in another text for what was searched in the last."""
        if found.page:
            text = self.text
            text.go_to_page(made.page(made.position(found.page, 0) or 0))
            self.call_after_refresh(self.seek, self._words, any_word=True)
        elif self._sought:
            self.seek(self._sought, any_word=self._any_word)
        self._hit = ""

    def _marked(self) -> list[Marked]:
        found = []
        for excerpt in self._opened.excerpts if self._opened else ():
            for anchor in excerpt.anchors:
                span = self._span(anchor)
                if span is not None:
                    found.append(Marked(*span, excerpt.uid, kind_of(excerpt)))
        return found

    def _span(self, anchor: Anchored) -> Span | None:
        """Return where an excerpt stands in the text that is shown."""
        if anchor.text != self._known or anchor.page is None or anchor.end_page is None:
            return None
        start = self.text.whole.position(anchor.page, anchor.start or 0)
        end = self.text.whole.position(anchor.end_page, anchor.end or 0)
        return None if start is None or end is None or end <= start else Span(start, end)

    @property
    def opened(self) -> Opened | None:
        """The paper that is read, as it was loaded last."""
        return self._opened

    def show_boxes(self) -> None:
        """Show the boxes and the excerpts beside the text; where there is little room, the box in a strip."""
        found, known, strip = self._opened, self._known or "", self.query_one("#strip", Detail)
        if found is None:
            return
        box, part = self.box, self.part
        here = part.uid if part else ""

        def write(sheet: Sheet) -> None:
            write_boxes(sheet, found.boxes, box[1].uid if box else "", here)
            write_list(sheet, found.excerpts, known)

        self.side.show_of(self._paper, write)
        self.set_class(box is not None, "-building")
        if box is not None:
            strip.show_of(box[1].uid, lambda sheet: write_strip(sheet, *box, here, STRIP))

    def say_place(self) -> None:
        """Say what is selected or found, on which page, of which text and paper."""
        found = self._opened
        if found is None:
            return
        selected = self.selected_words
        count = len(selected.split())
        words = f"{count:,} words selected" if count > 1 else "1 word selected" if selected else ""
        name = shorten(found.text.name, 24) if found.text is not None else "no text"
        called = shorten(found.label, 40)
        self.say_where(" · ".join(filter(None, (words or self.hits_said, self.page_called, called, name))))

    # -- which text -----------------------------------------------------------------------------------------

    def action_texts(self) -> None:
        """Go to the other text, or choose among several."""
        texts = self._opened.texts if self._opened else ()
        if len(texts) < 2:
            self.house.say("This paper has one text: a attaches another." if texts else _NONE)
            return
        if len(texts) == 2:
            self._read(next(text.uid for text in texts if text.uid != self._known))
            return
        options = [Option(text.name, f"+{text.uid}", f"{text.pages:,} pages") for text in texts]
        self.app.push_screen(
            Choose("Which text?", options), lambda chosen: self._read(chosen[1:]) if chosen else None
        )

    def _read(self, text: str) -> None:
        self._wanted = text
        self.load()

    def action_attach(self) -> None:
        """Attach a file to the paper, and read it."""
        if self._opened is not None:
            begin_attach(self, self._paper, self._opened.label, self._read)

    def action_paper(self) -> None:
        """Go to the page of the paper."""
        self.house.open("paper", self._paper)

    # -- keeping --------------------------------------------------------------------------------------------

    @property
    def stretch(self) -> Stretch | None:
        """What is selected: text, page, start, last page, end."""
        of = self.text.selection
        if of is None or self._known is None:
            return None
        return (self._known, *self.text.whole.stretch(of.start, of.end))

    @property
    def locator(self) -> str:
        """The page as printed, where that is known."""
        of, known = self.text.selection, self.text.whole
        if of is None:
            return ""
        first, last = (known.labels[known.page(at)] for at in (of.start, max(of.end - 1, of.start)))
        return f"p{first}" if first and first == last else f"pp{first}–{last}" if first and last else ""

    def action_keep(self) -> None:
        """Keep what is selected as an excerpt, at once."""
        at, locator, words = self.stretch, self.locator, shorten(self.selected_words, 60)
        if at is None:
            return
        said = f"Kept{f', {locator}' if locator else ''}: “{words}”. u takes it back."
        self.house.write(
            lambda desk: reading.keep(desk, self._paper, at, locator), lambda uid: self.kept(), say=said
        )

    def action_keep_with(self) -> None:
        """Keep it with a note."""
        at = self.stretch
        if at is not None:
            begin_keep(self, self._paper, at, self.selected_words, self.locator, self.kept)

    def kept(self) -> None:
        """Drop the selection after something was made of it."""
        of = self._before = self.text.selection
        self.text.select(None)
        self.text.come_to(Span(of.start, of.end) if of else None)

    # -- excerpts -------------------------------------------------------------------------------------------

    def action_excerpt(self, steps: int) -> None:
        """Go to the next excerpt, or the one before."""
        there = self.text.next_excerpt(steps)
        if there is not None:
            self.text.come_to(Span(there.start, there.end))
            self.say_place()
        elif self.text.excerpts:
            self.house.say("That was the last excerpt." if steps > 0 else "That was the first excerpt.")
        else:
            self.house.say("No excerpt stands in this text yet: v selects, x keeps.")

    def action_list(self) -> None:
        """Go to the excerpts, or back to the text; where there is little room, show or hide them."""
        if self.has_class("-narrow"):
            self.toggle_class("-turned")
            shown = self.has_class("-turned")
        else:
            self.remove_class("-turned")
            shown = not self.side.has_focus
        side = self.side
        if shown and side.target is None:
            side.go_to(side.first_target)
        (side if shown else self.text).focus()

    @on(FullText.Entered)
    def entered(self, event: FullText.Entered) -> None:
        """Show the excerpt that stands there."""
        uid = self.text.excerpt_at(event.position) if event.position >= 0 else ""
        if uid:
            self._show_excerpt(uid)
        else:
            self.house.say("No excerpt stands here: e goes to the next one, v selects words to keep.")

    @on(Page.Followed)
    def follow(self, event: Page.Followed) -> None:
        """Show the excerpt under the cursor of the list; work on the box, or go on with the part."""
        kind, uid = event.target.kind, event.target.uid
        if kind == "box" and uid == self._box:
            self.action_more()
        elif kind == "box":
            self.work_on(uid)
        elif kind == "part":
            self.work_on(self._box, uid)
            self.action_edit_part()
        else:
            self._show_excerpt(uid)

    def _named(self, uid: str) -> Quoted | None:
        found = self._opened.excerpts if self._opened else ()
        return next((excerpt for excerpt in found if excerpt.uid == uid), None)

    def _show_excerpt(self, uid: str) -> None:
        """Show an excerpt; of one that stands nowhere for sure, also where it may stand."""
        excerpt, known = self._named(uid), self._known
        if excerpt is None:
            return
        lost = known is not None and excerpt.quotation and not any(map(self._span, excerpt.anchors))
        if known is not None and lost and excerpt.state != FOUND:
            paper = self._paper
            self.fetch(
                lambda gate: reading.candidates(gate, paper, known, excerpt),
                lambda found: self._offer_excerpt(excerpt, list(found)),
                group="candidates",
            )
        else:
            self._offer_excerpt(excerpt, [])

    def _offer_excerpt(self, excerpt: Quoted, candidates: list[Candidate]) -> None:
        known = self.text.whole
        places = [
            known.called(known.page(known.position(one.page, one.start) or 0)) or "here" for one in candidates
        ]

        def answered(answer: str | None) -> None:
            what, _, number = (answer or "").partition(" ")
            if what == dialog.EDIT:
                begin_edit(self, excerpt)
            elif what == dialog.DROP:
                begin_drop(self, excerpt)
            elif what == dialog.PLACE:
                self._consider(excerpt, candidates[int(number)])
            elif what == dialog.GO:
                self._go_to(excerpt)

        self.app.push_screen(
            dialog.ShowExcerpt(lambda sheet: write_excerpt(sheet, excerpt, candidates, places)), answered
        )

    def _go_to(self, excerpt: Quoted) -> None:
        """Go to where an excerpt stands in this text; of one without a place, wait for it to be shown."""
        span = next(filter(None, map(self._span, excerpt.anchors)), None)
        self.text.focus()
        if span is not None:
            self.text.select(None)
            self.text.come_to(span)
            self.say_place()
            return
        there = next((one.text for one in excerpt.anchors if one.page is not None), None)
        if there is not None and there != self._known:
            self._read(there)
            return
        self._placing = excerpt.uid
        self.house.say(f"{stands(excerpt)[2].capitalize()}: select where it stands (v), then press h.")

    def _consider(self, excerpt: Quoted, one: Candidate) -> None:
        """Select a place where an excerpt may stand."""
        start = self.text.whole.position(one.page, one.start)
        end = self.text.whole.position(one.end_page, one.end)
        self.text.focus()
        if start is not None and end is not None and end > start:
            self._placing = excerpt.uid
            self.text.select_stretch(start, end)
            self.house.say("h says that it stands here; Esc leaves it as it is.")

    def action_place(self) -> None:
        """Say that the excerpt stands where something is selected."""
        excerpt, at = self._named(self._placing), self.stretch
        if excerpt is None:
            self.house.say("Which excerpt? Choose it in the list first (l, Enter), then select its place.")
        elif at is not None:
            self._placing = ""
            said = f"“{shorten(excerpt.quotation, 40)}” stands here now. u takes it back."
            if excerpt.state == "not found":
                said = "The excerpt has the words that stand here now. u takes it back."
            self.house.write(
                lambda desk: reading.place_excerpt(desk, excerpt.uid, at), lambda done: self.kept(), say=said
            )
