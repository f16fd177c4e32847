"""A line on a terminal that says how far long work has come; nothing where nobody looks."""

from __future__ import annotations

import sys
import time

import click

from realist.text import line


class Progress:
    """The line; it is taken away when the work is done."""

    def __init__(self, json_: bool) -> None:
        self.looked_at = not json_ and sys.stderr.isatty()
        self.began = time.monotonic()
        self.shown = 0

    def show(self, what: str, share: float) -> None:
        """Show what was done and which *share* of all that is, and how long the rest may take."""
        if not self.looked_at:
            return
        passed = max(time.monotonic() - self.began, 0.001)
        told = f"{line(what)}, {100 * share:.0f} %"
        if share > 0.01 and passed > 1:
            told += f", {passed / share - passed:,.0f} s left"
        click.echo(f"\r{told:<{self.shown}}", nl=False, err=True)
        self.shown = len(told)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away."""
        if self.shown:
            click.echo(f"\r{'':<{self.shown}}\r", nl=False, err=True)
