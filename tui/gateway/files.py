"""Writing what is shown into files that a person names."""

from __future__ import annotations

from pathlib import Path

from realist.errors import Refused
from realist.text import line


def write_new(name: str, content: str, *, encoding: str = "utf-8") -> str:
    """Write *content* to a new file and return a sentence that says so. Nothing is overwritten."""
    path = Path(line(name)).expanduser()
    if not line(name):
        raise Refused("The file needs a name.")
    try:
        with path.open("x", encoding=encoding, newline="") as file:
            file.write(content)
    except FileExistsError:
        raise Refused(f"{path} is already there: choose another name.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}. Choose another name.") from error
    return f"Written to {path}."
