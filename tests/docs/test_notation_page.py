"""The page on the notation: every example reads as the page says and is written back equal."""

from __future__ import annotations

from itertools import pairwise

from realist.domain.notation import normalised, read, write
from tests.docs.pages import DOCS, Fence, fences

PAGE = DOCS / "notation.md"


def _with_the_one_before(kind: str) -> list[tuple[Fence, Fence]]:
    every = fences(PAGE)
    return [(before, fence) for before, fence in pairwise(every) if fence.info == kind]


def test_every_example_is_read_without_a_problem_and_written_back_equal() -> None:
    found = [fence for fence in fences(PAGE, "notation") if fence.info != "notation problem"]
    assert len(found) > 10
    for fence in found:
        reading = read(fence.text.rstrip("\n"))
        assert reading.parts, fence
        assert not reading.problems, fence
        again = read(write(reading.parts))
        assert again.parts == normalised(reading.parts), fence
        assert not again.problems, fence


def test_what_is_shown_as_written_is_what_is_written() -> None:
    found = _with_the_one_before("notation written")
    assert found
    for given, written in found:
        assert write(read(given.text.rstrip("\n")).parts) == written.text.rstrip("\n"), str(written)


def test_what_cannot_be_read_is_said_in_these_words() -> None:
    found = _with_the_one_before("said")
    assert found
    for given, said in found:
        assert given.info == "notation problem", given
        problems = read(given.text.rstrip("\n")).problems
        sentences = [f"at character {problem.offset + 1}: {problem.message}" for problem in problems]
        assert sentences == said.text.splitlines(), str(said)
    assert len(found) == sum(fence.info == "notation problem" for fence in fences(PAGE))
