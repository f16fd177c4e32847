"""The archive of a review: a zip of one JSON Lines file per table, with a manifest. See docs/exchange.md."""

from realist.formats.archive.layout import (
    LONGEST,
    MANIFEST,
    README,
    BadArchive,
    Manifest,
    Piece,
    file_name,
    is_bomb,
    readme,
    table_name,
)
from realist.formats.archive.packing import Packing
from realist.formats.archive.unpacking import Unpacking, unpacking

__all__ = [
    "LONGEST",
    "MANIFEST",
    "README",
    "BadArchive",
    "Manifest",
    "Packing",
    "Piece",
    "Unpacking",
    "file_name",
    "is_bomb",
    "readme",
    "table_name",
    "unpacking",
]
