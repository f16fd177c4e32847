"""What a person can do while they read a text: a part of the table of actions."""

from __future__ import annotations

from tui.action import Action

A = Action
READING: tuple[Action, ...] = (
    A("search", "slash,f", "search", "Search in this text, as you type."),
    A("hit(1)", "n", "next hit", "The next place where the words stand.", bar=False),
    A("hit(-1)", "N", "hit before", "The place before.", bar=False),
    A("select", "v,space", "select", "Begin to select, at the first word in view or the hit."),
    A("unit('word')", "w", "word", "Select the word.", bar=False),
    A("unit('sentence')", "s", "sentence", "Select the sentence."),
    A("unit('paragraph')", "p", "paragraph", "Select the paragraph."),
    A("keep", "x", "keep", "Keep what is selected as an excerpt, with its place."),
    A("keep_with", "X", "with note", "Keep it with a note, a place as printed, a site."),
    A("grow", "plus,equals_sign", "more", "Select more: the sentence, the paragraph, the page."),
    A("shrink", "minus", "less", "Select less again."),
    A("begin(-1)", "left_square_bracket", "begin earlier", "Begin the selection a word earlier."),
    A("begin(1)", "left_curly_bracket", "begin later", "Begin it a word later.", bar=False),
    A("finish(1)", "right_square_bracket", "end later", "End the selection a word later."),
    A("finish(-1)", "right_curly_bracket", "end earlier", "End it a word earlier.", bar=False),
    A("place", "h", "stands here", "Say that the excerpt chosen in the list stands where you selected."),
    A(
        "step(1)",
        "right,greater_than_sign",
        "on",
        "The next page; selecting: the next word or sentence.",
        bar=False,
    ),
    A(
        "step(-1)",
        "left,less_than_sign",
        "back",
        "The page before; selecting: the word before.",
        bar=False,
    ),
    A("contents", "t", "contents", "Go to a heading or a page."),
    A("excerpt(1)", "e", "excerpt", "The next excerpt; Enter shows it."),
    A("excerpt(-1)", "E", "excerpt before", "The excerpt before.", bar=False),
    A("list", "l", "list", "Show the excerpts of the paper, or go to them; again: back to the text."),
    A("texts", "T", "texts", "Read another text of the paper: a file, or the abstract."),
    A("attach", "a", "attach", "Attach a full text to this paper."),
    A("paper", "b", "paper", "Go to the page of the paper.", bar=False),
    A("leave", "escape", "leave off", "Drop the selection, then the search; then go back.", bar=False),
)
