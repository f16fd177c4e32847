"""How many papers, and how many that are independent of each other, stand behind something."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple


class Behind(NamedTuple):
    """Papers, each once; and how many there are when papers of one study count as one."""

    papers: int
    studies: int


def behind(papers: Collection[str], studies: Mapping[str, Collection[str]]) -> Behind:
    """Return how many *papers* (uids, as they are read now) there are, and how many independent ones.

    *studies* says which studies, cases or programmes a paper is about. Papers that share one, directly or
    through others of *papers*, are one; a paper of no study stands for itself.
    """
    distinct = set(papers)
    of: dict[str, str] = {}

    def top(name: str) -> str:
        while of.setdefault(name, name) != name:
            name = of[name]
        return name

    for paper in sorted(distinct):
        for study in studies.get(paper, ()):
            of[top(f"study {study}")] = top(paper)
    return Behind(len(distinct), len({top(paper) for paper in distinct}))
