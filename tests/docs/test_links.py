"""Every link from page to page leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, pages, prose

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`\n]*`")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
WRITTEN = (
    "guide-first-quarter-hour.md",
    "guide-screener.md",
    "guide-extractor.md",
    "guide-lead.md",
    "notation.md",
    "exchange.md",
    "file-format.md",
    "schema.md",
    "verbs.md",
)


def _links(page: Path) -> list[str]:
    return [link for link in _LINK.findall(_CODE.sub("", prose(page))) if "://" not in link]


def _anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(prose(page)))
    return {heading.replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_relative_link_resolves(page: Path) -> None:
    for link in _links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links to {link}"
        assert target.is_relative_to(ROOT), f"{page.name} links out of the project: {link}"
        if anchor:
            assert anchor in _anchors(target), f"{page.name} links to {link}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        paths = [link.partition("#")[0] for link in _links(page)]
        waiting += [(page.parent / path).resolve() for path in paths if path]
    assert {DOCS / name for name in WRITTEN} <= seen
