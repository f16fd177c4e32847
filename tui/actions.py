"""Every action of the interface, once: its key, its label, its help. Bindings, footer, palette, help and docs
are made from this table, so none can say something else than another."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import BindingType

from tui.action import Action, shown
from tui.reading_actions import READING

__all__ = ["ACTIONS", "GOALS", "TITLES", "Action", "Goal", "bindings", "shown"]


class Goal(NamedTuple):
    """A place that ``g`` and a letter go to."""

    letter: str
    place: str
    title: str
    help: str


GOALS = (
    Goal("h", "home", "Home", "where the review stands and what is next"),
    Goal("i", "importing", "Import", "database exports, and what was imported earlier"),
    Goal("p", "papers", "Papers", "every paper in one list"),
    Goal("d", "duplicates", "Duplicates", "papers that may be one document, side by side"),
    Goal("s", "screening", "Screen", "titles, abstracts and full texts, one after the other"),
    Goal("c", "reconcile", "Conflicts", "papers on which people differ, to be resolved"),
    Goal("o", "rounds", "Rounds", "screening rounds: planned, handed out, watched; agreement"),
    Goal("b", "boxes", "Boxes", "configurations, drawn as the field prints them"),
    Goal("m", "mechanisms", "Mechanisms", "the components of the programme theory"),
    Goal("a", "patterns", "Patterns", "boxes that are alike, pairs that recur, chains, and what was named"),
    Goal("g", "grid", "Grid", "the evidence grid"),
    Goal("f", "flow", "Flow", "the flow of records"),
    Goal("l", "log", "Log", "who did what when"),
    Goal("/", "find", "Search", "papers, claims, boxes, mechanisms, memos"),
)

TITLES = {
    "everywhere": "Everywhere", "lines": "In lists and texts", "cells": "In the grid", "home": "Home",
    "importing": "Import", "looking": "Import: what is in the files", "report": "Import: the report",
    "papers": "Papers", "paper": "A paper", "reading": "Reading a text", "duplicates": "Duplicates",
    "screening": "Screen",
    "reconcile": "Conflicts", "rounds": "Rounds", "boxes": "Boxes", "mechanisms": "Mechanisms",
    "patterns": "Patterns",
    "grid": "Grid", "cell": "Behind a cell", "flow": "Flow", "log": "Log", "find": "Search",
}  # fmt: skip
"""What the blocks of the table are called."""

A = Action
ACTIONS: dict[str, tuple[Action, ...]] = {
    "everywhere": (
        A("help", "question_mark,f1", "keys", "Show the keys of this screen."),
        A("go", "g", "go to", "Go to another screen: g and its letter."),
        A("find", "slash", "search", "Search papers, claims, boxes, mechanisms and memos."),
        A("palette", "colon,ctrl+p", "commands", "Every command of this screen, with its key."),
        A("undo", "u", "undo", "Take back your last act, and say what it was."),
        A("redo", "U,ctrl+r", "redo", "Do again what you took back last.", bar=False),
        A("back", "q,escape", "back", "Go back to where you came from."),
        A("jump", "ctrl+o", "jump", "Jump to a part of the screen by its letter.", bar=False),
        A("theme", "ctrl+t", "theme", "Change between dark, light and high contrast.", bar=False),
        A("who", "ctrl+w", "who", "Say who is at the keyboard.", bar=False),
        A("forms", "ctrl+f", "forms", "Define an extraction form, or change one.", bar=False),
        A("open_review", "ctrl+n", "reviews", "Open another review, make one, or build a sample.", bar=False),
        A("back_up", "ctrl+b", "back up", "Write a verified copy of the review to a new file.", bar=False),
        A("quit", "ctrl+q", "quit", "Leave realist; everything is saved already.", bar=False),
    ),
    "lines": (
        A("move(-1)", "up,k", "up", "One line up.", bar=False),
        A("move(1)", "down,j", "down", "One line down.", bar=False),
        A("leaf(-1)", "pageup,ctrl+u", "page up", "One screenful up.", bar=False),
        A("leaf(1)", "pagedown,ctrl+d", "page down", "One screenful down.", bar=False),
        A("first", "home", "first", "To the first line.", bar=False),
        A("last", "end,G", "last", "To the last line.", bar=False),
        A("choose", "enter", "open", "Open what is under the cursor."),
    ),
    "cells": (
        A("across(-1)", "left,h", "left", "One column to the left.", bar=False),
        A("across(1)", "right,l", "right", "One column to the right.", bar=False),
        A("edge(-1)", "ctrl+left", "first column", "To the first column.", bar=False),
        A("edge(1)", "ctrl+right", "last column", "To the last column.", bar=False),
    ),
    "home": (
        A("read_file", "i", "import", "Import database exports: choose the files, look, then read them."),
        A("add_paper", "a", "add paper", "Add a paper by hand."),
        A("leave", "q", "leave", "Leave realist; everything is saved already."),
    ),
    "importing": (
        A("look", "l", "look", "Look at the marked files, or at this one; nothing is written yet."),
        A("mark", "space", "mark", "Mark this file, and go to the next."),
        A("mark_all", "a,asterisk", "mark all", "Mark every file that is shown, or none."),
        A("rise", "left,backspace", "folder up", "Go to the folder above.", bar=False),
        A("filter", "f", "filter", "Filter the folder as you type; Esc goes back to the list."),
        A("path", "p,tilde", "path", "Type or paste the path of a file or a folder."),
        A("earlier", "t", "earlier", "Go to the earlier imports; again: back to the files."),
        A("sort", "s", "sort", "Sort by name, the newest first, or the largest first.", bar=False),
    ),
    "looking": (
        A("take_in", "i", "import", "Say where the files come from, and read them into the review."),
        A("encoding", "e", "encoding", "Choose the encoding of all these files, and look again."),
        A("other", "t", "inside", "Go to what is in the file; again: back to the files."),
    ),
    "report": (
        A("write", "w", "write refused", "Write the refused text to a file, to be mended."),
        A("mend", "m", "bring in mended", "Choose the mended file; it is imported as what mends this one."),
        A("other", "t", "files", "Go to the files; again: back to the problems."),
    ),
    "papers": (
        A("filter", "f", "filter", "Filter the list as you type; Esc goes back to the list."),
        A("sort", "s", "sort", "Sort by the next column."),
        A("turn", "r", "reverse", "Reverse the order.", bar=False),
        A("mark", "space", "mark", "Mark this paper, and go to the next."),
        A("mark_all", "asterisk", "mark all", "Mark every paper of this list, or none.", bar=False),
        A("tag", "t", "tag", "Put a tag on the marked papers, or on this one."),
        A("untag", "T", "untag", "Take a tag off the marked papers, or off this one.", bar=False),
        A("same_as", "d", "same as", "Say which paper is the same document; two marked ones are offered."),
        A("export", "e", "export", "Export the marked papers, or the whole list, to a file."),
        A("add_paper", "a", "add", "Add a paper by hand."),
    ),
    "paper": (
        A("edit", "e", "edit", "Edit a field; the original is kept."),
        A("boxes", "b", "boxes", "The boxes of this paper."),
        A("add_box", "c", "add box", "Add a box of this paper."),
        A("claim", "v", "claim", "Record evidence of this paper on a mechanism."),
        A("tag", "t", "tag", "Put a tag on this paper."),
        A("untag", "T", "untag", "Take a tag off this paper.", bar=False),
        A("memo", "n", "memo", "Write a memo on this paper."),
        A("read", "r", "read", "Read its full text, and keep excerpts of it."),
        A("full_text", "f", "full text", "Record that the full text is sought, obtained or not obtainable."),
        A("raw", "x", "raw record", "Show the records behind this paper to the letter."),
        A("same_as", "d", "same as", "Say which paper is the same document as this one."),
        A("split", "S", "split", "Take a joined paper out again, with the reason.", bar=False),
        A("relate", "l", "relate", "Say which paper belongs together with this one, and how."),
        A("next", "greater_than_sign,right_square_bracket", "next", "The next paper of the list."),
        A("previous", "less_than_sign,left_square_bracket", "previous", "The paper before.", bar=False),
    ),
    "reading": READING,
    "duplicates": (
        A("same", "y", "same", "The two are one document: join them; all work on either is kept."),
        A("different", "n", "different", "They are different documents, or not related; they stay apart."),
        A("relate", "l", "related", "They belong together, as an erratum, a preprint …; what fits is first."),
        A("fields", "b", "best fields", "They are one; choose field by field whose value is right."),
        A("study", "w", "study", "Put both in a study; the question stays."),
        A("split", "s", "split", "Take a joined paper out again, with the reason."),
        A("next", "right_square_bracket,greater_than_sign", "next", "The next question, without an answer."),
        A("previous", "left_square_bracket,less_than_sign", "previous", "The question before.", bar=False),
        A("across(-1)", "left", "left", "The paper on the left.", bar=False),
        A("across(1)", "right", "right", "The paper on the right; Enter opens it.", bar=False),
        A("look", "D", "look for more", "Look for duplicates: join what is sure, ask about what is not."),
    ),
    "screening": (
        A("include", "y", "include", "Include this paper, and go on to the next."),
        A("exclude", "n", "exclude", "Exclude it, and go on; in a round of full texts, say why."),
        A("maybe", "m", "maybe", "Say maybe, and go on."),
        A(
            "reason",
            "1,2,3,4,5,6,7,8,9",
            "why not",
            "Exclude for that reason, and go on; of an excluded paper, change the reason.",
            each=True,
        ),
        A("undo", "u,z", "undo", "Take back your last act; the paper that it was about comes back."),
        A("park", "p", "park", "Put it aside: it comes at the end of your pile; again: take it back."),
        A("note", "c", "note", "Write a note; it goes with your decision."),
        A("highlights", "h", "marks", "Mark the terms of the team, or not."),
        A("criteria", "i,I", "criteria", "Show criteria and reasons, or hide them."),
        A("address", "o", "open", "Open the paper's DOI or address in the browser."),
        A("tag", "t", "tag", "Put a tag on this paper."),
        A("same_as", "d", "same as", "Say which paper is the same document as this one."),
        A("filter", "f", "filter", "Filter the pile: words, state:maybe, year:2010..2014 and more."),
        A("metadata", "M", "metadata", "Read blind: hide authors, year, journal, DOI and keywords, or not."),
        A("round", "r,R", "round", "Choose another round."),
        A("preset", "K", "presets", "Choose the keys: ours, those of Rayyan, or those of ASReview."),
        A("step(1)", "j,down,right", "next", "The next paper, without deciding.", bar=False),
        A("step(-1)", "k,up,left", "before", "The paper before.", bar=False),
        A("go_on", "enter", "go on", "The next paper to decide on.", bar=False),
        A("read_on(1)", "space,pagedown", "read on", "Scroll the text by a screenful.", bar=False),
        A("read_on(-1)", "pageup,backspace", "back", "Scroll it back.", bar=False),
        A("undecide", "x", "undecide", "Take your decision on this paper back.", bar=False),
        A("redo", "U,ctrl+r", "redo", "Do again what you took back last.", bar=False),
        A("reasons", "0", "reasons", "Choose among all reasons, also those from 10 on.", bar=False),
        A("read_side(1)", "ctrl+d", "criteria down", "Scroll the criteria.", bar=False),
        A("read_side(-1)", "ctrl+u", "criteria up", "Scroll them back.", bar=False),
        A("terms", "H", "terms", "The terms that are marked: add some, drop some.", bar=False),
        A("view", "v", "view", "Hide or show a field, such as the title.", bar=False),
        A("paste", "a", "abstract", "Paste the abstract that is missing.", bar=False),
    ),
    "reconcile": (
        A("include", "y", "include", "Resolve it as an include, and say why; the next one follows."),
        A("exclude", "n", "exclude", "Resolve it as an exclude, with the reason that was agreed."),
        A("maybe", "m", "maybe", "Resolve it as a maybe."),
        A("reason", "1,2,3,4,5,6,7,8,9", "why not", "Resolve it as an exclude for that reason.", each=True),
        A("take_back", "x", "take back", "Take a resolution back; what was resolved is under t."),
        A("change", "v", "my decision", "Change your own decision instead, or add yours."),
        A("criteria", "i,I", "criteria", "Show criteria and reasons of the round."),
        A("paper", "p", "paper", "Go to the paper."),
        A("round", "r,R", "round", "Show the conflicts of one round, or of all."),
        A("other", "t", "resolved", "Show what was resolved; again: what waits."),
    ),
    "rounds": (
        A("choose", "enter", "screen", "Go and decide on the papers of this round."),
        A("screen", "s", "screen", "Go and decide on the papers of this round.", bar=False),
        A("reconcile", "c", "conflicts", "Go to the conflicts of this round."),
        A("add", "a", "add", "Add a round to a stage, with its rules, criteria and reasons."),
        A("edit", "e", "edit", "Change the rules of this round, or add reasons."),
        A("bring", "b", "bring papers", "Bring papers in: from another round, by words, or all."),
        A("hand_out", "h", "hand out", "Hand the papers to people; what it comes to is said first."),
        A("hand_over", "H", "hand over", "Give what somebody who leaves has not decided to others."),
        A("open_round", "o", "open", "Open a blind round: everybody sees everybody's decisions."),
        A("other", "t", "page", "Go to the page below; again: back to the rounds."),
        A("write", "w", "write", "Write this page, or the decisions, to a file.", bar=False),
    ),
    "boxes": (
        A("add_box", "a", "add", "Add a box by form."),
        A("write_box", "w", "write", "Add a box by writing it in the notation."),
        A("edit", "e", "edit", "Edit this box by form."),
        A("rewrite", "n", "notation", "Edit this box as it is written in the notation."),
        A("drop", "x", "drop", "Drop this box, with the reason; it stays in the review."),
        A("fine", "d", "fine so", "Say that something to look at is fine as it is.", bar=False),
        A("paper", "p", "paper", "Go to the paper of this box."),
        A("filter", "f", "filter", "Filter the boxes as you type."),
    ),
    "mechanisms": (
        A("add", "a", "add", "Propose a mechanism."),
        A("describe", "e", "describe", "Give a new description; the earlier versions stay."),
        A("fate", "f", "fate", "Decide what becomes of it, with the reason."),
        A("boxes", "b", "boxes", "The boxes under this mechanism."),
        A("feedback", "w", "words", "Record what stakeholders said of it."),
        A("memo", "n", "memo", "Write a memo on this mechanism."),
        A("list", "s", "list", "Show all mechanisms, or those of a named list."),
    ),
    "patterns": (
        A("other", "t", "others", "Show similar boxes, recurrent pairs, chains, or what was named, in turn."),
        A("name", "n", "name", "Name this pattern a demi-regularity, with its boxes."),
        A("words", "w", "words", "Compare boxes by their words alone, or by their tags, too."),
        A(
            "beside(1)",
            "greater_than_sign,right_square_bracket",
            "beside",
            "Other boxes of the group beside.",
        ),
        A("beside(-1)", "less_than_sign,left_square_bracket", "back", "The boxes before.", bar=False),
        A("reword", "e", "reword", "Change the wording of what was named."),
        A("put", "p", "boxes", "Put boxes for or against what was named."),
        A("give_up", "x", "give up", "Give up what was named, with the reason."),
    ),
    "grid": (
        A("mode", "m", "show", "Show ticks, counts, stance or valence."),
        A("transpose", "x", "transpose", "Change rows and columns."),
        A("sort", "s", "sort", "Sort the rows by this column; again: the other way, then back."),
        A("sort_columns", "S", "sort columns", "Sort the columns by this row.", bar=False),
        A("sort_n", "N", "sort by n", "Sort the rows by n; again: the other way, then back.", bar=False),
        A("filter", "f", "filter", "Filter the papers as you type."),
        A("choose_list", "L", "list", "Choose the list of mechanisms.", bar=False),
        A("choose_set", "P", "set", "Choose the included set of papers.", bar=False),
        A("reading", "r", "reading", "Record what reading this paper for this mechanism gave."),
        A("claim", "c", "claim", "Record evidence in this cell."),
        A("export", "e", "export", "Export exactly what is shown to a file."),
        A("choose", "enter", "behind", "Show what is behind this cell."),
    ),
    "cell": (
        A("reading", "r", "reading", "Record what reading this paper for this mechanism gave."),
        A("claim", "c", "claim", "Record evidence in this cell."),
        A("withdraw", "x", "withdraw", "Withdraw the evidence under the cursor, with the reason."),
        A("paper", "p", "paper", "Go to the paper."),
        A("mechanism", "m", "mechanism", "Go to the mechanism."),
    ),
    "flow": (A("export", "e", "export", "Export the flow to a file."),),
    "log": (
        A("filter", "f", "filter", "Filter the acts by words or by initials (by:AB)."),
        A("undo_this", "z", "undo this", "Undo the act under the cursor; what it will do is said first."),
        A("redo_this", "Z", "redo this", "Redo what the undo under the cursor took back.", bar=False),
        A("mine", "m", "mine", "Show only your acts, or everybody's."),
    ),
    "find": (
        A("words", "f", "words", "Type what to search for."),
        A("kind", "t", "kind", "Show everything, or one kind of thing."),
    ),
}


def bindings(place: str) -> list[BindingType]:
    """Return the bindings of a place, in the order of the table."""
    return [binding for action in ACTIONS[place] for binding in action.bindings]
