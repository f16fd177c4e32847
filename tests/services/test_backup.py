"""Copies: complete, verified, and never over something that is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from realist.errors import RealistError, Refused
from realist.services import keeping
from realist.services.history import undo
from realist.services.keeping import backup, check
from realist.services.plan import add_stage
from realist.services.unit import Desk
from realist.store import asking
from realist.store.engine import open_store
from tests.services.dumps import dump
from tests.services.world import World
from tests.store.conftest import guarded, unprivileged

__all__ = ["guarded", "unprivileged"]


def test_a_copy_holds_everything_and_can_be_worked_on(lasting: World, tmp_path: Path) -> None:
    target = tmp_path / "copy.realist"
    assert backup(lasting.store, target) == target.stat().st_size
    assert [entry.name for entry in tmp_path.iterdir()] == ["copy.realist"]
    copy = open_store(str(target))
    assert dump(copy, log=True) == dump(lasting.store, log=True)
    assert check(copy) == []
    with copy.read() as connection:
        assert len(asking.find(connection, "borrowed hope", kind="mechanism")) == 1
    assert undo(Desk(copy, "SF")) == "name regularity Small firms wait and see"
    copy.close()


def test_others_go_on_writing_meanwhile(desk: Desk, tmp_path: Path) -> None:
    with desk.store.read():
        backup(desk.store, tmp_path / "copy.realist")
        add_stage(desk, "1")
    copy = open_store(str(tmp_path / "copy.realist"))
    assert dump(copy)["stage"] == []
    copy.close()


def test_nothing_is_written_over(lasting: World, tmp_path: Path) -> None:
    target = tmp_path / "copy.realist"
    target.write_text("mine", encoding="ascii")
    with pytest.raises(Refused, match="is already there: choose another name"):
        backup(lasting.store, target)
    assert target.read_text(encoding="ascii") == "mine"


def test_a_folder_that_is_not_there(lasting: World, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"The folder .*none is not there: make it first"):
        backup(lasting.store, tmp_path / "none" / "copy.realist")


def test_a_folder_that_cannot_be_written(
    lasting: World, guarded: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    if not lasting.store.is_file:
        pytest.skip("the same code on each engine up to here")
    guarded.chmod(0o555)
    with unprivileged(), pytest.raises(Refused, match="cannot be written") as caught:
        backup(lasting.store, guarded / "copy.realist")
    assert "\n" not in str(caught.value)


def test_a_name_that_is_too_long(lasting: World, tmp_path: Path) -> None:
    with pytest.raises(RealistError) as caught:
        backup(lasting.store, tmp_path / ("x" * 300))
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_is_not_sound_is_not_kept(
    lasting: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "check", lambda *_: ["The file is damaged: a page."])
    with pytest.raises(Refused, match="The copy is not sound and was not kept: The file is damaged: a page"):
        backup(lasting.store, tmp_path / "copy.realist")
    assert list(tmp_path.iterdir()) == []
