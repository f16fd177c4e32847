"""Where a write-ahead log would not be safe: drives of the network and folders that are synced."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from realist.services.plan import create_review
from realist.services.unit import Desk
from realist.store.engine import open_store, shared_folder

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
nas:/vol /mnt/nas nfs4 rw 0 0
//server/share /mnt/share cifs rw 0 0
/dev/sdb1 /mnt/nas/local ext4 rw 0 0
//server/team /mnt/our\\040team smb3 rw 0 0
me@host: /home/me/remote fuse.sshfs rw 0 0
short line
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    path = tmp_path / "mounts"
    path.write_text(MOUNTS, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/home/me/review.realist", ""),
        ("/mnt/nas/review.realist", "on a network drive"),
        ("/mnt/nas/deep/down/review.realist", "on a network drive"),
        ("/mnt/nasty/review.realist", ""),
        ("/mnt/nas/local/review.realist", ""),
        ("/mnt/share/review.realist", "on a network drive"),
        ("/mnt/our team/review.realist", "on a network drive"),
        ("/home/me/remote/x/review.realist", "on a network drive"),
        ("/home/me/Dropbox/review.realist", "a synced folder"),
        ("/home/me/OneDrive - University/a/review.realist", "a synced folder"),
        ("/Users/me/Library/Mobile Documents/iCloud~drive/review.realist", "a synced folder"),
        ("/home/me/dropbox.realist", ""),
    ],
)
def test_what_makes_a_folder_unfit(mounts: Path, path: str, told: str) -> None:
    assert shared_folder(Path(path), mounts) == told


def test_no_list_of_mounts_is_no_obstacle(tmp_path: Path) -> None:
    assert shared_folder(Path("/home/me/review.realist"), tmp_path / "none") == ""


def test_a_review_in_a_synced_folder_has_a_rollback_journal_and_says_so(
    tmp_path: Path, empty_file: Path
) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    path = folder / "review.realist"
    shutil.copy(empty_file, path)
    store = open_store(str(path))
    assert (
        store.remark
        == f"{folder} is a synced folder: a rollback journal is used instead of a write-ahead log."
    )
    create_review(Desk(store, "SF"), title="A review")
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert [entry.name for entry in folder.iterdir()] == ["review.realist"]
    store.close()


def test_a_review_that_is_moved_there_and_back(tmp_path: Path, empty_file: Path) -> None:
    synced = tmp_path / "Nextcloud"
    synced.mkdir()
    places = [tmp_path / "a.realist", synced / "a.realist", tmp_path / "b.realist"]
    modes = []
    shutil.copy(empty_file, places[0])
    for before, path in zip([places[0], *places], places, strict=False):
        if before != path:
            shutil.move(before, path)
        store = open_store(str(path))
        with store.read() as connection:
            modes.append(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
        store.close()
    assert modes == ["wal", "delete", "wal"]


def test_a_link_to_a_network_drive_is_one(mounts: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    mounts.write_text(f"{MOUNTS}nas:/v {tmp_path / 'real'} nfs rw 0 0\n", encoding="utf-8")
    assert shared_folder(tmp_path / "link" / "review.realist", mounts) == "on a network drive"
