"""Where a paper can be read on the web, and opening that in a browser."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from urllib.parse import quote, urlsplit

from realist.text import line

_LONGEST = 2000
_SECONDS = 20
_IN_THE_TERMINAL = ("www-browser", "links", "elinks", "lynx", "w3m")


def address_of(doi: str, url: str) -> str:
    """Return the web address of a paper: of its DOI, else the one it came with; "" where there is none.

    Nothing but http and https, in characters that mean nothing to a terminal or a shell.
    """
    doi = line(doi[:_LONGEST])
    if doi.startswith("10.") and "/" in doi:
        return f"https://doi.org/{quote(doi, safe='/:;().-_')}"
    for found in line(url[:_LONGEST]).split(" "):
        try:
            parts = urlsplit(found)
            host = parts.hostname or ""
        except ValueError:
            continue
        if parts.scheme.lower() in ("http", "https") and host:
            return quote(found, safe="/:;().-_?&=#%~+,@!*$")
    return ""


def has_browser() -> bool:
    """Return whether this machine has a browser with a window of its own."""
    if sys.platform.startswith("linux") and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
        return bool(os.environ.get("WSL_DISTRO_NAME"))
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return getattr(browser, "basename", "") not in _IN_THE_TERMINAL


def open_address(address: str) -> bool:
    """Open an address in the browser; return whether there is one. In a program of its own, so that nothing
    a browser says gets into the terminal."""
    if not has_browser():
        return False
    silent = subprocess.DEVNULL
    command = [sys.executable, "-m", "webbrowser", "-t", address]
    try:
        done = subprocess.run(
            command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True, timeout=_SECONDS,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
