"""Does a wording tell of doing, and of nothing that goes on in people? By lists of English words alone.

It reads like doing when it begins with a name of an activity ("training in …", "a weekly workshop"), or has a
verb of arranging or delivering among its first words ("the ward provides …"), and no word of thinking,
feeling, wanting or deciding anywhere. That is a guess: a person looks. Other languages are let through.
"""

from __future__ import annotations

from realist.text import fold

FIRST = 5
"""Among so many words from the beginning a verb of doing counts."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ACTIVITIES = frozenset(
    _words("""
    training trainings workshop workshops meeting meetings session sessions course courses class classes
    seminar seminars lecture lectures supervision coaching mentoring leaflet leaflets brochure reminder
    reminders visit visits programme programmes program programs intervention implementation provision
    delivery screening education feedback audit audits guideline guidelines protocol protocols newsletter
    conference campaign recruitment funding payment payments incentive incentives
    """)
)
"""Names of activities and of what is handed out, which count at the beginning."""
BEFORE = frozenset(
    _words("""
    a an the weekly monthly daily regular joint team group staff peer online new more further additional
    structured formal ongoing
    """)
)
"""Words that may stand before the name of an activity."""
DOING = frozenset(
    _words("""
    provide provides provided providing deliver delivers delivered delivering implement implements
    implemented implementing introduce introduces introduced introducing organise organises organised
    organising organize organizes organized organizing conduct conducts conducted conducting arrange
    arranges arranged arranging train trains trained distribute distributes distributed distributing
    install installs installed installing establish establishes established establishing launch launches
    launched launching fund funds funded recruit recruits recruited recruiting hire hires hired hiring
    schedule schedules scheduled scheduling facilitate facilitates facilitated facilitating monitor
    monitors monitored monitoring administer administers administered administering teach teaches teaching
    educate educates educated educating
    """)
)
"""Verbs of arranging and delivering, which count among the first words."""
INWARD = _words("""
    feel felt think thought believ belief trust mistrust distrust fear afraid hoping decid decision knew
    understand understood realis realiz recogni learn expect worr motivat confiden willing unwilling reluct
    doubt accept rely relie identif caring respect proud pride asham shame guilt anxi sense perceiv percept
    consider judg choos chose choice resist resent commit owner belong seem attitude interest curio satisf
    comfort uncomfort opinion convinc aware empower encourag discourag reassur disappoint frustrat angry
    anger upset overwhelm stress lonely heard dare prefer intend intent agree disagree remember forget
    imagin wonder suspect sceptic skeptic enjoy dislike legitim meaning engag enthus readi ready permission
    threat pressur obliged responsib hesita reason reflect interpret blame loyal hopeless credib possible
    """)
"""Beginnings of words of thinking, feeling, wanting and deciding: with one, it is no mere activity."""
INWARD_WHOLE = frozenset(
    f"{stem}{ending}"
    for stem in _words("like hope mind care safe love hate value know wish want")
    for ending in ("", "s", "d", "ed", "n", "ly", "ful", "ty")
) | {"loving", "hating", "valuing", "knowing", "wishing", "wanting"}
"""Short ones, which begin other words as well."""


def reads_like_doing(text: str) -> str:
    """Return the word by which a wording reads like an activity; "" where it does not."""
    words = fold(text).split()
    if any(word in INWARD_WHOLE or word.startswith(INWARD) for word in words):
        return ""
    start = next((place for place, word in enumerate(words) if word not in BEFORE), len(words))
    if start < len(words) and words[start] in ACTIVITIES:
        return words[start]
    return next((word for word in words[:FIRST] if word in DOING), "")
