"""A process of its own that imports, joins or writes a hundred small things, to be killed meanwhile.

Run as ``python -m tests.services.worker import|write|dedupe|undo ADDRESS [FILE]``. It says on a line of its
own what is done, so that whoever kills it knows what has to be there.
"""

from __future__ import annotations

import sys

from realist.services import deduping, evidence, history, mechanisms, notes, papers
from realist.services.importing import Origin, import_file
from realist.services.keeping import open_review
from realist.services.sweeping import index_imports
from realist.services.unit import Desk
from realist.vocabulary import Stance


def say(what: str) -> None:
    print(what, flush=True)


def read(desk: Desk, file: str) -> None:
    """Import a file, once more if it was imported before, and index it."""
    say("begun")
    import_file(desk, file, Origin(stage="1", source="Medbase"), again=True)
    say("imported")
    index_imports(desk.store)
    say("indexed")


def write(desk: Desk) -> None:
    """Do a hundred small things, several rows each, some of them taken back again."""
    say("begun")
    for n in range(25):
        papers.add_paper(desk, label=f"Paper {n}", abstract=f"Abstract {n}")
        say(f"done {4 * n + 1}")
        mechanisms.add_mechanism(desk, f"Mechanism {n}", description="as told", aliases=[f"name {n}"])
        say(f"done {4 * n + 2}")
        evidence.add_evidence(
            desk, f"Paper {n}", claim="x", stance=Stance.SUPPORTS, mechanism=f"M{n + 1}", quotation="y"
        )
        say(f"done {4 * n + 3}")
        if n % 3:
            notes.tag(desk, "paper", f"Paper {n}", f"tag {n % 4}")
        else:
            history.undo(desk)
        say(f"done {4 * n + 4}")


def dedupe(desk: Desk) -> None:
    """Join duplicates."""
    say("begun")
    deduping.dedupe(desk, told=say)
    say("joined")


def undo(desk: Desk) -> None:
    """Take the last joining of duplicates back."""
    say("begun")
    deduping.undo_dedupe(desk)
    say("undone")


def main() -> None:
    """Do what the arguments say."""
    what, address, *file = sys.argv[1:]
    store = open_review(address)
    if what == "import":
        read(Desk(store, "SF"), *file)
    else:
        {"write": write, "dedupe": dedupe, "undo": undo}[what](Desk(store, "SF"))
    store.close()


if __name__ == "__main__":
    main()
