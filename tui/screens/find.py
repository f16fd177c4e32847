"""Search: whatever holds the words, as they are typed."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from realist.text import cell_width, line, shorten
from tui.actions import bindings
from tui.dialogs import Choose, Option
from tui.gateway import find
from tui.place import Place
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.hits import WORDS, HitLines
from tui.widgets.lines import Lines

_PLURALS = {
    "paper": "papers", "claim": "claims", "configuration": "boxes", "mechanism": "mechanisms",
    "memo": "memos", "page": "pages",
}  # fmt: skip
_SHORTEST = 2
_TYPING = (("Enter", "to the results"), ("↓", "to the results"), ("Esc", "back"))


class WordLine(Input):
    """The words looked for; Enter and ↓ go to what was found."""

    BINDINGS = [Binding("down", "screen.results", show=False)]  # noqa: RUF012


class FindScreen(Place):
    """Words at the top, hits below."""

    PLACE = "find"
    TITLE = "Search"
    BINDINGS = bindings("find")
    AUTO_FOCUS = "WordLine"

    def __init__(self) -> None:
        super().__init__()
        self._kind = ""
        self._shown = ("", "")
        self._counts: dict[str, int] = {}

    def body(self) -> Iterable[Widget]:
        """Yield the words and the hits."""
        yield WordLine(placeholder="words in papers, claims, boxes, mechanisms and memos", id="words")
        yield HitLines(self._say_nothing, id="results")

    @property
    def _results(self) -> HitLines:
        return self.query_one(HitLines)

    @property
    def _words(self) -> str:
        return line(self.query_one(WordLine).value[:500])

    def _say_nothing(self) -> str:
        if len(self._words) < _SHORTEST:
            return "Type two letters or more; the last word may be a beginning."
        if (self._words, self._kind) != self._shown:
            return "…"
        of = f" in {_PLURALS[self._kind]} (t shows everything)" if self._kind else ""
        return f"Nothing holds all of these words{of}."

    # -- what is shown --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Look for the words again."""
        self._look(keep=True)

    @on(Input.Changed)
    def typed(self) -> None:
        """Look for what is typed now."""
        self._look(keep=False)

    def _look(self, *, keep: bool) -> None:
        words, kind = self._words, self._kind
        if len(words) < _SHORTEST:
            self._counts = {}
            self._results.show((), "", keep=False)
            self._say()
            return
        self.fetch(
            lambda gate: find.hits(gate, words, kind),
            lambda hits: self._show(hits, words, kind, keep),
        )

    def _show(self, hits: find.Hits, words: str, kind: str, keep: bool) -> None:
        if len(self._words) < _SHORTEST:
            return
        if words != self._shown[0]:
            self._counts = {}
        self._shown = (words, kind)
        self._results.show(hits, "", keep=keep)
        self._say()
        self.fetch(
            lambda gate: find.counts(gate, words), lambda found: self._count(found, words), group="counts"
        )

    def _count(self, found: dict[str, int], words: str) -> None:
        if words == self._words:
            self._counts = found
            every = found.get(self._kind, 0) if self._kind else sum(found.values())
            left = every - len(self._results.hits)
            how = "another word narrows it" if self._kind else "t shows one kind, and more of it"
            self._results.note = f"… and {left:,} more: {how}." if left > 0 else ""
            self._results.renew_row(2 * len(self._results.hits))
            self._say()

    def _say(self) -> None:
        known = [(kind, n) for kind, n in self._counts.items() if kind in _PLURALS]
        shown = [(kind, n) for kind, n in known if kind == (self._kind or kind)]
        counted = " · ".join(f"{_PLURALS[kind]} {n:,}" for kind, n in shown)
        only = f"only {_PLURALS[self._kind]}" if self._kind and not counted else ""
        self.say_where(f"only {counted}" if self._kind and counted else only or counted)

    def say_where(self, what: str = "") -> None:
        """Say the counts; where there is no room for them and the review, the review gives way."""
        super().say_where(what)
        self.say_where_again()

    def say_where_again(self) -> None:
        """Say who is at the keyboard, and of which review where there is room."""
        bar = self.query_one("#bar", Bar)
        whose = self.house.whose
        bar.say(
            right=whose
            if cell_width(bar.left) + cell_width(whose) + 4 <= self.size.width
            else self.gate.person
        )

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def tell_keys(self) -> None:
        """While one types, say the keys that work in a line of words."""
        typing = isinstance(self.focused, WordLine)
        self.query_one(KeyBar).ask(_TYPING if typing else ())

    # -- moving and opening ---------------------------------------------------------------------------------

    def on_place_asked(self, message: Place.Asked) -> None:
        """Type over the words there are, or look for others."""
        if message.text:
            self.query_one(WordLine).value = message.text
        self.action_words()

    def action_words(self) -> None:
        """Type what to search for."""
        words = self.query_one(WordLine)
        words.focus()
        words.select_all()

    @on(Input.Submitted)
    def action_results(self) -> None:
        """Go to the hits, where there are any."""
        if self._results.hits:
            self._results.focus()

    @on(HitLines.Above)
    def leave_results(self) -> None:
        """Go back to the words."""
        self.query_one(WordLine).focus()

    def action_kind(self) -> None:
        """Ask for the kind of things to show."""
        every = f"{sum(self._counts.values()):,}" if self._counts else ""
        options = [Option("everything", "every", every)] + [
            Option(plural, kind, f"{self._counts[kind]:,}" if kind in self._counts else "")
            for kind, plural in _PLURALS.items()
        ]
        self.app.push_screen(Choose("Show", options), self._narrow)

    def _narrow(self, kind: str | None) -> None:
        if kind is not None:
            self._kind = kind if kind in _PLURALS else ""
            self._look(keep=False)

    @on(Lines.Chosen)
    def open_hit(self) -> None:
        """Open the hit under the cursor: a claim at its paper, a memo at what it is on."""
        hit = self._results.hit
        if hit is None:
            return
        if hit.kind == "page":
            self.house.open("reading", hit.where_uid, hit=hit.uid, words=self._words)
            return
        kind, uid = (hit.where_kind, hit.where_uid) if hit.kind in ("claim", "memo") else (hit.kind, hit.uid)
        if kind in ("paper", "configuration", "mechanism"):
            self.house.open(WORDS[kind], uid)
        else:
            of = f"{kind.replace('_', ' ')} {shorten(hit.where, 60)}".strip()
            self.house.tell("Memo", f"It is on {of or 'something that is gone'}:\n\n{hit.snippet}")
