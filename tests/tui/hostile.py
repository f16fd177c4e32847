"""A corpus of text that attacks a terminal program, put into every text of a review behind its back."""

from __future__ import annotations

import sqlite3

CORPUS = (
    "[bold red]Trust[/bold red]",
    "[/",
    "[/]",
    "[@click=app.quit]click me[/]",
    "[link=https://evil.example]x[/link]",
    "$x {y} %s \\[z]",
    "\x1b[2J\x1b[H\x1b[31mred",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b]0;owned\x07title",
    "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31mC1\x9d52;c;ZXZpbA==\x9c",
    "\u202egnihtyna\u202c \u2066x\u2069",
    "a\x00b",
    "tab\tand\nline\r\nbreak\x0bv\x0cf\x85n\u2028p",
    "zalgo" + "\u0301" * 200,
    "wide 中文字 👩‍👩‍👧 e\u0301",
    "x" * 100_000,
    "=1+1",
    "",
)
"""Texts as they could stand in a title."""
FORBIDDEN = (b"\x1b]52", b"\x1b]0;owned", b"\x1b]8;", b"evil.example\x1b", b"\x9b", b"\xc2\x9b", b"\xc2\x9d",
             "\u202e".encode(), "\u2066".encode(), b"\x00")  # fmt: skip
"""What must never be written to a terminal, whatever a review holds."""
_SPARED = {"act", "change", "search_piece", "search_due", "alembic_version"}
_WORDS = {
    "uid", "kind", "status", "polarity", "stance", "valence", "activation", "basis", "fate", "verdict",
    "door", "result", "lineage", "voice", "step", "counts", "qualifier", "scheme", "mode", "use", "severity",
    "level", "worker", "beat", "at", "join_word", "raw", "sha256", "ended", "initials", "subject_table",
    "subject", "field", "rule", "inference", "opened", "maybe_rule", "conflict_rule", "reading_order", "role",
    "colour", "state", "independent_until", "stage", "form", "moment",
}  # fmt: skip


def spoil(path: str) -> int:
    """Put the corpus into every free text of every row of the review at *path*, by SQL; return how many."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=OFF")
    tables = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
    ]
    written = 0
    for table in tables:
        if table in _SPARED or table.startswith(("search_", "sqlite_")):
            continue
        keys = {row[3] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')}
        unique = _unique(connection, table)
        columns = [
            row[1]
            for row in connection.execute(f'PRAGMA table_info("{table}")')
            if row[2] == "TEXT" and row[1] not in _WORDS | keys
        ]
        for place, (rowid,) in enumerate(connection.execute(f'SELECT rowid FROM "{table}"').fetchall()):
            for shift, column in enumerate(columns):
                text = CORPUS[(place + shift) % len(CORPUS)]
                if column in unique:
                    text += f" {place}"
                connection.execute(f'UPDATE "{table}" SET "{column}"=? WHERE rowid=?', (text, rowid))
                written += 1
    connection.execute("UPDATE paper SET title=CAST(x'EDA080EDBFBF41' AS TEXT) WHERE number % 7 = 3")
    connection.commit()
    connection.close()
    return written


def _unique(connection: sqlite3.Connection, table: str) -> set[str]:
    found: set[str] = set()
    for row in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
        if row[2]:
            found |= {info[2] for info in connection.execute(f'PRAGMA index_info("{row[1]}")')}
    return found
