"""The command line: one module per group of verbs, loaded when used."""

from __future__ import annotations

import sys


def main() -> None:
    """Begin: without a verb, in a terminal, with the interface; else with the command line."""
    given = _no_verb(sys.argv[1:])
    if given is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from realist.cli.main import main as run

        run()
    else:
        sys.exit(open_interface(*given))


def open_interface(address: str, person: str, place: str = "", asked: str = "") -> int:
    """Run the interface, at *place* if one is named, asked to show *asked*; return the exit status."""
    from tui.run import run

    status, said = run(address, person, place, asked)
    if said:
        print(f"realist: {said}", file=sys.stderr)
    return status


def _no_verb(arguments: list[str]) -> tuple[str, str] | None:
    """Return the review and the person named where nothing else is; None where the command line has to look.

    What click would take 60 ms to find out, before the first frame.
    """
    found = {"--db": "", "--as": ""}
    rest = iter(arguments)
    for word in rest:
        name, equals, value = word.partition("=")
        if name not in found:
            return None
        value = value if equals else next(rest, "")
        if not value:
            return None
        found[name] = value
    return found["--db"], found["--as"]
