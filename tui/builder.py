"""A place in which a text is read and boxes are built of it: a passage and a key make a part."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from realist.domain.configuration import Box, BoxElement
from realist.domain.notation import Part
from realist.text import line, shorten
from realist.vocabulary import ElementKind
from tui.actions import Action
from tui.dialogs import Choose, Confirm, Option
from tui.forms import evidence, parts
from tui.forms.box_more import begin_more
from tui.forms.box_open import begin_rewrite
from tui.reader import Reader
from tui.selecting import Selection
from tui.sheets.building import box_called

if TYPE_CHECKING:
    from realist.services.building import Built
    from tui.forms.reading import Stretch
    from tui.gateway.building import Known
    from tui.gateway.reading import Opened

T = TypeVar("T")
_OF_BOX = ("valence", "inferred", "next_part", "edit_part", "under", "polarity", "notation", "more")
_NEW = "+"
_NO_BOX = "No box is worked on: select a passage (v, s), then c m r e or o; B goes to another box."
_NO_PART = "The box has no part yet: select a passage (v, s), then c m r e or o makes it one."


class Builder(Reader):
    """Reading that builds: of the boxes of the paper one is worked on, and of that one part is current."""

    def __init__(self) -> None:
        super().__init__()
        self._box = self._part = ""
        self._made: BoxElement | None = None
        self._made_by = 0
        self._before: Selection | None = None

    @property
    def actions(self) -> list[Action]:
        """What a person can do here; without a box, what changes one is not in the bar."""
        found = super().actions
        if self.box is not None:
            return found
        return [
            action._replace(bar=False) if action.name.partition("(")[0] in _OF_BOX else action
            for action in found
        ]

    # -- what is worked on ----------------------------------------------------------------------------------

    @property
    def opened(self) -> Opened | None:
        """The paper that is read, as it was loaded last."""
        raise NotImplementedError

    @property
    def stretch(self) -> Stretch | None:
        """What is selected: text, page, start, last page, end."""
        raise NotImplementedError

    @property
    def locator(self) -> str:
        """The place of what is selected, as printed; "" where that is not known."""
        raise NotImplementedError

    def kept(self) -> None:
        """Drop the selection after something was made of it."""
        raise NotImplementedError

    @property
    def box(self) -> tuple[int, Box] | None:
        """The box that is worked on, with its number."""
        found = self.opened.boxes if self.opened else ()
        return next((one for one in found if one[1].uid == self._box), None)

    @property
    def part(self) -> BoxElement | None:
        """The part that keys change: the last one that was made, or gone to."""
        of = self.box[1].elements if self.box else ()
        return next((one for one in of if one.uid == self._part), of[-1] if of else None)

    def drawn(self) -> None:
        """Know the part that was just made no longer by itself: it is drawn, or was taken back since."""
        there = self.part is not None and self.part.uid == self._part
        if there or self._seen > self._made_by:
            self._made = None

    def work_on(self, box: str, part: str = "") -> None:
        """Work on a box of the paper, "" for none: the next part begins a new one."""
        self._box, self._part = box, part
        self.show_boxes()
        self.offer()

    def show_boxes(self) -> None:
        """Show the boxes anew."""
        raise NotImplementedError

    def _with_box(self, then: Callable[[int, Box], T]) -> T | None:
        if self.box is None:
            self.house.say(_NO_BOX)
            return None
        return then(*self.box)

    def _with_part(self, then: Callable[[BoxElement], T]) -> T | None:
        if self._made is not None:  # it is not drawn yet
            return then(self._made)
        if self.box is None or self.part is None:
            self.house.say(_NO_BOX if self.box is None else _NO_PART)
            return None
        return then(self.part)

    # -- parts ----------------------------------------------------------------------------------------------

    def action_part(self, kind: str) -> None:
        """Make what is selected a part of the box, after asking how the reviewer says it."""
        at, opened = self.stretch, self.opened
        if at is None or opened is None:
            return
        word = ElementKind(kind)
        if word not in parts.kinds_of(opened.scheme):
            self.house.say(f"The scheme of this review, {opened.scheme}, has no {kind}: O edits the box.")
            return
        paper, locator, box = opened.uid, self.locator, self._box
        made: list[Built] = []
        said: list[str] = []
        acts: list[int] = []

        def save(words: str) -> str:
            from tui.gateway import building

            said.append(line(words) or self.selected_words)

            made.append(
                self.house.at_desk(lambda desk: building.add_part(desk, paper, kind, words, at, locator, box))
            )
            acts.append(self.gate.version())
            return kind

        def then() -> None:
            self._box, self._part = made[-1].box, made[-1].element
            self._made, self._made_by = BoxElement(Part(word, said[-1]), self._part), acts[-1]
            self.kept()

        parts.ask_words(self, kind, self.selected_words, locator, save, then, draft=f"{kind} of {paper}")

    def action_rest(self) -> None:
        """Let the part rest on the passage, too."""
        at, locator = self.stretch, self.locator

        def write(part: BoxElement) -> None:
            from tui.gateway import building

            if at is not None:
                said = f"“{shorten(part.part.text, 40)}” rests on this passage, too. u takes it back."
                self.house.write(
                    lambda desk: building.rest_on(desk, part.uid, at, locator),
                    lambda done: self.kept(),
                    say=said,
                )

        self._with_part(write)

    def action_valence(self, valence: str) -> None:
        """Give the part its valence."""

        def write(part: BoxElement) -> None:
            from tui.gateway import building

            if str(part.part.valence or "") == valence:
                self.house.say(f"{shorten(part.part.text, 40)} has {valence or 'no valence'} already.")
                return
            self._part = part.uid
            self.house.write(lambda desk: building.set_valence(desk, part.uid, valence))

        self._with_part(write)

    def action_inferred(self) -> None:
        """Say that the part is inferred, how and why."""

        def ask(part: BoxElement) -> None:
            from tui.gateway import building

            parts.ask_inferred(
                self,
                part,
                lambda values: self.house.at_desk(lambda desk: building.infer(desk, part.uid, values)),
            )

        self._with_part(ask)

    def action_edit_part(self) -> None:
        """Change all that the part says."""
        self._with_part(self._edit_part)

    def _edit_part(self, part: BoxElement) -> None:
        from tui.gateway import building

        opened, was = self.opened, part

        def save(values: dict[str, str]) -> None:
            self.house.at_desk(lambda desk: building.edit_part(desk, was.uid, was, values))

        def ask(known: Known) -> None:
            parts.ask_part(self, was, opened.scheme if opened else "", known, save)

        self.fetch(building.known, ask, group="names")

    def action_next_part(self, steps: int) -> None:
        """Go to the next part, or the one before."""

        def go(part: BoxElement) -> None:
            uids = [one.uid for one in self.box[1].elements] if self.box else []
            if part.uid not in uids:
                return
            self._part = uids[(uids.index(part.uid) + steps) % len(uids)]
            self.show_boxes()

        self._with_part(go)

    # -- boxes ----------------------------------------------------------------------------------------------

    def action_box(self) -> None:
        """Choose which box is worked on."""
        found = self.opened.boxes if self.opened else ()
        if not found:
            self.house.say("No box yet: select a passage (v, s), then c m r e or o begins one.")
            return
        options = [Option("a new box, with the next part", _NEW)]
        options += [Option(box_called(number, box), box.uid) for number, box in found if box.uid != self._box]

        def chosen(uid: str | None) -> None:
            if uid:
                self.work_on("" if uid == _NEW else uid)
                self.house.say("The next part begins a new box." if uid == _NEW else "")

        self.app.push_screen(Choose("Which box do the next parts go to?", options), chosen)

    def action_under(self) -> None:
        """Choose under which mechanism the box stands."""
        self._with_box(lambda number, box: self._ask_under(box))

    def _ask_under(self, box: Box) -> None:
        from tui.gateway import building

        def ask(known: Known) -> None:
            options = [Option(name, name) for name in known.mechanism]
            choose = Choose("Under which mechanism? Another name adds it", options, free="a new mechanism")
            self.app.push_screen(choose, lambda name: chosen(name, known) if name else None)

        def chosen(name: str, known: Known) -> None:
            near = building.near(name, known.mechanism)

            def answered(yes: bool | None) -> None:
                put(name if yes else near)

            if near:
                text = f"{near} is here already, and almost the same. No takes that one."
                self.app.push_screen(Confirm(f"Add {shorten(name, 40)}?", text, yes="Add it"), answered)
            else:
                put(name)

        def put(name: str) -> None:
            said = f"The box stands under {shorten(line(name), 60)} now."
            self.house.write(lambda desk: building.put_under(desk, box.uid, name), say=said)

        self.house.with_person(lambda: self.fetch(building.known, ask, group="names"))

    def action_polarity(self) -> None:
        """Say what the box shows: the next of presence, absence, both, not stated."""

        def write(number: int, box: Box) -> None:
            from tui.gateway import building

            words = building.POLARITIES
            word = words[(words.index(str(box.polarity or "")) + 1) % len(words)]
            said = f"The box shows {word}." if word else "What the box shows is not stated."
            self.house.write(lambda desk: building.show_polarity(desk, box.uid, word), say=said)

        self._with_box(write)

    def action_notation(self) -> None:
        """Write the box in the notation."""
        self._with_box(lambda number, box: begin_rewrite(self, box, number))

    def action_more(self) -> None:
        """Choose what else is done with the box and its part."""
        opened = self.opened
        if opened is not None:
            self._with_box(
                lambda number, box: begin_more(self, opened.uid, number, box, self.part, self.work_on)
            )

    # -- beside boxes ---------------------------------------------------------------------------------------

    def action_evidence(self) -> None:
        """Record what the passage does to a mechanism, without a box."""
        at, opened = self.stretch, self.opened
        if at is not None and opened is not None:
            words, locator = self.selected_words, self.locator
            evidence.begin_evidence(self, opened.uid, at, words, locator, self.kept)

    def action_looked(self) -> None:
        """Record what reading the paper for a mechanism gave."""
        if self.opened is not None:
            evidence.begin_looked(self, self.opened.uid, self.opened.label)

    def action_appraise(self) -> None:
        """Appraise the paper."""
        if self.opened is not None:
            evidence.begin_appraise(self, self.opened.uid, self.opened.label)

    def action_form(self) -> None:
        """Fill in a form for the paper."""
        if self.opened is not None:
            evidence.begin_form(self, self.opened.uid, self.opened.label)

    def action_again(self) -> None:
        """Select again what was selected last."""
        if self._before is not None:
            self.text.select(self._before)
        else:
            self.house.say("Nothing was selected before: v selects.")
