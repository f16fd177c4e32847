"""The cases of the verbs that write and read archives."""

from __future__ import annotations

from tests.cli.case import Case

ARCHIVE_CASES: dict[str, Case] = {
    "export review": Case(
        "export review review.zip", "review.zip holds the review: ", "file rows files missing left_out bytes",
        "export review", "Missing argument 'FILE.zip'",
        "export review review.realist", "review.realist is the review itself: choose another name.",
    ),
    "import-review": Case(
        "import-review kept.zip new.realist", "new.realist is ready: ", "review rows files missing schema",
        "import-review kept.zip", "Missing argument 'NEW.realist'",
        "import-review notes.txt new.realist",
        "notes.txt: it is no zip file, or is cut off; nothing was made: have the archive sent or made again.",
    ),
}  # fmt: skip
