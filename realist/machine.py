"""What this machine remembers between two evenings: who is at the keyboard, reviews opened last, the theme.

Nothing of a review is kept here. What cannot be written is not remembered, and nothing else fails for it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from realist.errors import RealistError, WrongUse
from realist.text import line

_KEPT = 9
_LONGEST_INITIALS = 12


def folder() -> Path:
    """Return the folder of this program's own settings (it need not exist)."""
    return user_config_path("realist", appauthor=False, roaming=True)


def me_file() -> Path:
    """Return the file that holds the initials of who is at the keyboard."""
    return folder() / "me"


def me() -> str:
    """Return the initials kept on this machine; "" where there are none."""
    try:
        return line(me_file().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""


def keep_me(initials: str) -> str:
    """Keep the initials of who is at the keyboard; return them as they are kept."""
    name = line(initials)
    if not name or " " in name or len(name) > _LONGEST_INITIALS:
        raise WrongUse(f"{name!r} are no initials: use at most {_LONGEST_INITIALS} characters and no space.")
    try:
        me_file().parent.mkdir(parents=True, exist_ok=True)
        me_file().write_text(name + "\n", encoding="utf-8")
    except OSError as error:
        raise RealistError(
            f"{me_file()} cannot be written ({error.strerror}): use --as or REALIST_PERSON instead."
        ) from error
    return name


def log_file() -> Path:
    """Return the file into which the interface writes what went wrong in the program itself."""
    return folder() / "realist.log"


def settings() -> dict[str, Any]:
    """Return what is remembered, by name; nothing where the file is not there or is no JSON object."""
    try:
        found = json.loads((folder() / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(**values: Any) -> None:
    """Keep *values* by name, beside what is remembered already."""
    file = folder() / "settings.json"
    fresh = file.with_suffix(".new")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps({**settings(), **values}, indent=1), encoding="utf-8")
        fresh.replace(file)


def recent() -> list[str]:
    """Return the addresses of reviews opened on this machine, last first; files that are gone left out."""
    found = settings().get("recent", [])
    known = [item for item in found if isinstance(item, str)] if isinstance(found, list) else []
    return [item for item in known if "://" in item or Path(item).is_file()]


def opened(address: str) -> None:
    """Remember that the review at *address* was opened. A server's address with a password is not kept."""
    if "://" in address:
        if "@" in address and ":" in address.split("://", 1)[1].split("@", 1)[0]:
            return
    else:
        address = str(Path(address).absolute())
    remember(recent=[address, *(item for item in recent() if item != address)][:_KEPT])
