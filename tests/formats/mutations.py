"""Ways in which a file goes wrong on its way, each a function of bytes and chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Mutation = Callable[[bytes, random.Random, Sequence[bytes]], bytes]

FOREIGN = (
    *(b"\x00", b"\x1b[31m", b"\x1b]52;c;aGk=\x07", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\x85"),
    *(b"{", b"}", b"{{{{", b'"', b'""', b"'", b"<", b">", b"&", b"&#0;", b"&lt;", b"]]>", b"\\", b"%", b"#"),
    *(b"@article{", b"@string(", b"@comment{", b"\n@book{x,\n", b"\n}\n", b" = {", b",", b";", b"\t"),
    *(b"\nTY  - JOUR\n", b"\nER  - \n", b"\nPMID- 1\n", b"\nPT J\n", b"\nER\n", b"\nEF\n", b"\n%0 Book\n"),
    *(b"\n<1>\n", b"<record>", b"</record>", b"<!DOCTYPE x [", b"<![CDATA[", b"<!--", b"[{", b"}]", b"null"),
    *(b"\n\n", b"\r", b"\r\n", b"\x0c", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"9" * 400, b"1e999999", b"-"),
    *(b"10.1234/", b"https://doi.org/", b"crossref = {x},", b"\\\\'{\\'{", b"=1+1", b"2014//", b" and "),
)
ENCODINGS = ("utf-16", "utf-16-be", "utf-16-le", "utf-32", "utf-8-sig", "cp1252", "cp1251", "gbk", "utf-7")


def _place(content: bytes, chance: random.Random) -> int:
    return chance.randrange(len(content) + 1)


def _piece(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = _place(content, chance)
    return start, min(start + int(10 ** chance.uniform(0, 3.5)), len(content))


def flip(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Change up to twenty bytes to any others."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 20) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def remove(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Take a piece away."""
    start, end = _piece(content, chance)
    return content[:start] + content[end:]


def repeat(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Put a piece in twice, or fifty times."""
    start, end = _piece(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 1, 50)) + content[end:]


def move(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Put a piece elsewhere."""
    start, end = _piece(content, chance)
    rest, to = content[:start] + content[end:], _place(content[: len(content) - (end - start)], chance)
    return rest[:to] + content[start:end] + rest[to:]


def cut_off(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """End the file somewhere."""
    return content[: _place(content, chance)]


def behead(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Begin the file somewhere in its first kilobyte."""
    return content[_place(content[:1000], chance) :]


def intrude(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Put in up to ten pieces of other formats and other worlds."""
    for _ in range(chance.randint(1, 10)):
        at = _place(content, chance)
        content = content[:at] + chance.choice(FOREIGN) + content[at:]
    return content


def exchange(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Make one sign another one everywhere, or take it away everywhere."""
    sign = chance.choice((b"\n", b"{", b"}", b'"', b",", b"-", b"=", b"<", b">", b" ", b":", b"%", b"\t"))
    return content.replace(sign, chance.choice((b"", sign * 2, chance.choice(FOREIGN))))[:1_000_000]


def recode(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Write the text in another encoding, sometimes only its end."""
    at = 0 if chance.random() < 0.8 else _place(content, chance)
    text = content[at:].decode("utf-8", "replace")
    return content[:at] + text.encode(chance.choice(ENCODINGS), "replace")


def end_lines(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """End lines another way, sometimes each in a way of its own."""
    ends = (b"\n", b"\r\n", b"\r", b"\n\n", b"\r\r\n", b"\x0b\n")
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    if chance.random() < 0.7:
        return chance.choice(ends).join(lines)
    return b"".join(line + chance.choice(ends) for line in lines)


def glue(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Put another file, of whatever format, behind it."""
    return content + chance.choice((b"", b"\n")) + chance.choice(others)


MUTATIONS: tuple[Mutation, ...] = (
    *(flip, remove, repeat, move, cut_off, behead, intrude, intrude, exchange, recode, end_lines, glue),
)


def mutated(seeds: Sequence[bytes], number: int) -> tuple[bytes, str]:
    """Return case *number*: a seed after one to three mutations, and how it was made."""
    chance = random.Random(number)
    at = chance.randrange(len(seeds))
    content, names = seeds[at], [f"seed {at}"]
    for _ in range(chance.choice((1, 1, 2, 3))):
        mutation = chance.choice(MUTATIONS)
        content = mutation(content, chance, seeds)
        names.append(mutation.__name__)
    return content, ", ".join(names)
