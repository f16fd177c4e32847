"""Records that are one document: joined along the strongest links, never against a contradiction."""

from __future__ import annotations

from collections.abc import Callable, Iterable

MOST_CHECKED = 64
"""How many pairs of two clusters are looked at before they are joined; of larger ones an even choice."""


class Clusters:
    """Disjoint sets of places, with sets that must never meet.

    ``contradict(a, b)`` says whether two places cannot be the same document.
    """

    def __init__(self, count: int, contradict: Callable[[int, int], bool]) -> None:
        self._root = list(range(count))
        self._members: dict[int, list[int]] = {}
        self._apart: dict[int, set[int]] = {}
        self._contradict = contradict

    def find(self, place: int) -> int:
        """Return the place that stands for the set of *place*."""
        root = self._root
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    def members(self, root: int) -> list[int]:
        """Return the places of the set that *root* stands for."""
        return self._members.get(root) or [root]

    def keep_apart(self, one: int, other: int) -> bool:
        """See to it that two places never meet; return False if they already have."""
        one, other = self.find(one), self.find(other)
        if one == other:
            return False
        self._apart.setdefault(one, set()).add(other)
        self._apart.setdefault(other, set()).add(one)
        return True

    def are_apart(self, one: int, other: int) -> bool:
        """Whether two sets, given by what stands for them, must never meet."""
        return other in self._apart.get(one, ())

    def contradict(self, one: int, other: int) -> bool:
        """Whether a member of one set cannot be the same document as a member of the other."""
        first, second = self.members(one), self.members(other)
        if len(first) * len(second) > MOST_CHECKED:
            first, second = _some(first, 8), _some(second, 8)
        return any(self._contradict(a, b) for a in first for b in second)

    def join(self, one: int, other: int) -> None:
        """Make one set of two, given by what stands for them; the larger one goes on standing for it."""
        first, second = self.members(one), self.members(other)
        if len(first) < len(second):
            one, other, first, second = other, one, second, first
        self._root[other] = one
        self._members.pop(other, None)
        if one in self._members:
            first.extend(second)
        else:
            self._members[one] = [*first, *second]
        for enemy in self._apart.pop(other, ()):
            self._apart[enemy].discard(other)
            self._apart[enemy].add(one)
            self._apart.setdefault(one, set()).add(enemy)

    def sets(self) -> Iterable[list[int]]:
        """Return the sets of two or more places."""
        return self._members.values()


def _some(members: list[int], wanted: int) -> list[int]:
    """Return *wanted* members at even distances, or all of fewer."""
    if len(members) <= wanted:
        return members
    return [members[place * len(members) // wanted] for place in range(wanted)]
