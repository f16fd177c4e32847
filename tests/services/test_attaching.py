"""Full texts attached to papers: kept, read, found, read again, taken off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realist.errors import NotFound, RealistError, Refused
from realist.queries import excerpts, finding, retrieval, texts
from realist.queries.naming import resolve
from realist.services import attaching, evidence, excerpting, mechanisms, papers, retrieving, sameness
from realist.services.anchoring import Place
from realist.services.history import redo, undo
from realist.services.keeping import backup, check, files_missing
from realist.services.unit import Desk
from realist.store import files
from realist.store.engine import open_store
from realist.store.tables import DocumentPage
from realist.vocabulary import AnchorState, RetrievalStatus

TEXT = "Methods\n\nWe asked twelve porters.\n\nResults\n\nNobody had been asked before.\n"


@pytest.fixture
def ready(desk: Desk) -> Desk:
    papers.add_paper(
        desk, label="Porter (2019)", abstract="Porters were asked. Nobody had been asked before."
    )
    papers.add_paper(desk, label="Ward (2020)")
    return desk


def file(folder: Path, text: str = TEXT, name: str = "porter.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def state(desk: Desk, uid: str) -> str:
    with desk.store.read() as connection:
        return excerpts.excerpts(connection, uids=[uid])[0].state


def test_what_can_be_read_is_kept_page_by_page_and_found(ready: Desk, tmp_path: Path) -> None:
    done = attaching.attach(ready, "#1", file(tmp_path))
    with ready.store.read() as connection:
        (text, abstract) = texts.texts_of(connection, resolve(connection, "paper", "#1"))
        assert (text.uid, text.name, text.pages) == (done.text, "porter.txt", 1)
        assert abstract.uid == texts.ABSTRACT
        (page,) = texts.pages_of(connection, text.uid, "")
        assert page.text.strip() == TEXT.strip()
        hits = finding.find(connection, "twelve porters", kind="page")
        assert [(hit.title, hit.where) for hit in hits] == [("p. 1 of porter.txt", "Porter (2019)")]
        assert texts.with_texts(connection) == 1


def test_the_file_lies_beside_the_review_or_in_it(file_desk: Desk, tmp_path: Path) -> None:
    papers.add_paper(file_desk, label="Porter (2019)")
    beside = attaching.attach(file_desk, "#1", file(tmp_path)).document
    inside = attaching.attach(file_desk, "#1", file(tmp_path, "Other.", "o.txt"), embed=True).document
    folder = files.folder_of(file_desk.store.address)
    name = files.hash_of(TEXT.encode())
    assert [path.name for path in folder.iterdir()] == [name]
    assert attaching.content_of(file_desk.store, beside) == TEXT.encode()
    assert attaching.content_of(file_desk.store, inside) == b"Other."
    assert files_missing(file_desk.store) == []
    (folder / name).write_text("tampered")
    with pytest.raises(NotFound, match=r"is not in .*as it was attached: attach it again"):
        attaching.content_of(file_desk.store, beside)
    (folder / name).unlink()
    (said,) = files_missing(file_desk.store)
    assert "porter.txt" in said
    assert check(file_desk.store) == []


def test_a_copy_is_one_file_that_holds_the_full_texts(file_desk: Desk, tmp_path: Path) -> None:
    papers.add_paper(file_desk, label="Porter (2019)")
    document = attaching.attach(file_desk, "#1", file(tmp_path)).document
    copy = tmp_path / "elsewhere.realist"
    backup(file_desk.store, copy)
    store = open_store(str(copy))
    assert attaching.content_of(store, document) == TEXT.encode()
    store.close()


def test_the_same_file_is_attached_once_to_a_paper_however_it_is_joined(ready: Desk, tmp_path: Path) -> None:
    attaching.attach(ready, "#1", file(tmp_path))
    attaching.attach(ready, "#2", file(tmp_path))
    assert ready.notes[-1] == "The same file is attached to Porter (2019), too."
    with pytest.raises(Refused, match="attached to this paper already"):
        attaching.attach(ready, "#1", file(tmp_path))
    undo(ready)
    sameness.join_papers(ready, "#2", "#1")
    with pytest.raises(Refused, match="attached to this paper already"):
        attaching.attach(ready, "#2", file(tmp_path))


def test_a_file_that_cannot_be_read_changes_nothing(ready: Desk, tmp_path: Path) -> None:
    empty = file(tmp_path, "", "empty.pdf")
    with pytest.raises(RealistError, match=r"empty\.pdf"):
        attaching.attach(ready, "#1", empty)
    with ready.store.read() as connection:
        assert texts.attached(connection) == []


def test_a_text_that_was_sought_is_obtained(ready: Desk, tmp_path: Path) -> None:
    retrieving.retrieve(ready, "#1", RetrievalStatus.SOUGHT)
    attaching.attach(ready, "#1", file(tmp_path))
    attaching.attach(ready, "#2", file(tmp_path))
    with ready.store.read() as connection:
        steps = retrieval.latest(connection)
    assert [step.status for step in steps.values()] == [RetrievalStatus.OBTAINED]


def test_undo_takes_all_of_it_off_and_redo_needs_no_file(ready: Desk, tmp_path: Path) -> None:
    path = file(tmp_path)
    attaching.attach(ready, "#1", path, embed=True)
    undo(ready)
    path.unlink()
    with ready.store.read() as connection:
        assert texts.attached(connection) == []
        assert finding.find(connection, "porters", kind="page") == []
    redo(ready)
    with ready.store.read() as connection:
        (document,) = texts.attached(connection)
        assert finding.counts(connection, "twelve porters")["page"] == 1
    assert attaching.content_of(ready.store, document.uid) == TEXT.encode()


def test_quotations_that_were_there_before_are_looked_for(ready: Desk, tmp_path: Path) -> None:
    words = ["We asked twelve porters.", "asked", "Nurses were asked"]
    uids = [excerpting.quote(ready, "#2", quotation) for quotation in words]
    assert {state(ready, uid) for uid in uids} == {excerpts.UNCHECKED}
    done = attaching.attach(ready, "#2", file(tmp_path))
    assert dict(done.excerpts) == {
        AnchorState.FOUND: 1, AnchorState.AMBIGUOUS: 1, AnchorState.NOT_FOUND: 1
    }  # fmt: skip
    assert [state(ready, uid) for uid in uids] == ["found", "ambiguous", "not found"]


def test_a_claims_quotation_is_anchored_too(ready: Desk, tmp_path: Path) -> None:
    attaching.attach(ready, "#1", file(tmp_path))
    mechanisms.add_mechanism(ready, "Being heard")
    evidence.add_evidence(
        ready, "#1", claim="They felt heard.", mechanism="M1", quotation="Nobody had been asked before."
    )
    with ready.store.read() as connection:
        (found,) = excerpts.excerpts(connection)
    assert [(one.name, one.state) for one in found.anchors] == [
        ("porter.txt", "found"),
        ("abstract", "found"),
    ]
    assert [(one.table, one.words) for one in found.serves] == [("evidence", "Being heard")]


def test_read_again_the_same_adds_nothing(ready: Desk, tmp_path: Path) -> None:
    done = attaching.attach(ready, "#1", file(tmp_path))
    assert attaching.read_again(ready, done.document) is None


def test_excerpts_that_come_by_a_join_are_looked_for_when_it_is_read_again(
    ready: Desk, tmp_path: Path
) -> None:
    done = attaching.attach(ready, "#2", file(tmp_path))
    uid = excerpting.quote(ready, "#1", "twelve porters")
    sameness.join_papers(ready, "#1", "#2")
    assert state(ready, uid) == excerpts.UNCHECKED
    again = attaching.read_again(ready, done.document)
    assert again is not None
    assert (again.text, dict(again.excerpts)) == (done.text, {AnchorState.FOUND: 1})
    assert state(ready, uid) == "found"
    assert attaching.read_again(ready, done.document) is None


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    ready: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(tmp_path)
    from realist import documents

    original = documents.read_document

    def changing(*args: Any, **kwargs: Any) -> Any:
        content = original(*args, **kwargs)
        path.write_text("Something else by now.", encoding="utf-8")
        return content

    monkeypatch.setattr(documents, "read_document", changing)
    with pytest.raises(RealistError, match="changed while it was read: attach it again"):
        attaching.attach(ready, "#1", path)
    with ready.store.read() as connection:
        assert texts.attached(connection) == []


def test_read_again_excerpts_are_at_their_places_or_flagged(ready: Desk, tmp_path: Path) -> None:
    done = attaching.attach(ready, "#2", file(tmp_path))
    before = TEXT.replace("been asked before", "been as-\nked before").replace("twelve", "ten")
    with ready.unit("read otherwise", "") as work:  # as an earlier version of the program might have
        uid = work.connection.exec_driver_sql("SELECT uid FROM document_page").scalar_one()
        work.change(DocumentPage, uid, body=before)
    start = before.index("Nobody")
    place = Place(done.text, 1, start, 1, before.index("before.") + len("before."))
    hyphens = excerpting.quote(ready, "#2", place=place)
    ten = excerpting.quote(ready, "#2", "We asked ten porters.")
    again = attaching.read_again(ready, done.document)
    assert again is not None
    assert (state(ready, hyphens), state(ready, ten)) == ("found", "not found")
    with ready.store.read() as connection:
        (anchored,) = excerpts.excerpts(connection, uids=[hyphens])[0].anchors
        assert anchored.text == again.text
        (now,) = texts.pages_of(connection, again.text, "")
        assert now.text[anchored.start : anchored.end] == "Nobody had been asked before."
        assert finding.counts(connection, "twelve porters")["page"] == 1
        assert finding.counts(connection, "ten porters")["page"] == 0
    undo(ready)
    assert (state(ready, hyphens), state(ready, ten)) == ("found", "found")


def test_taken_off_with_a_reason_excerpts_stay(ready: Desk, tmp_path: Path) -> None:
    done = attaching.attach(ready, "#2", file(tmp_path))
    uid = excerpting.quote(ready, "#2", "twelve porters")
    with pytest.raises(Refused, match="needs a reason"):
        attaching.detach(ready, done.document, reason=" ")
    attaching.detach(ready, done.document, reason="the wrong file")
    assert state(ready, uid) == excerpts.UNCHECKED
    undo(ready)
    assert state(ready, uid) == "found"


def test_a_document_that_is_none_is_told(ready: Desk) -> None:
    with pytest.raises(NotFound, match=r"There is no document x\.pdf: `realist document list`"):
        attaching.read_again(ready, "x.pdf")


def test_a_file_that_cannot_be_kept_is_told(file_desk: Desk, tmp_path: Path) -> None:
    papers.add_paper(file_desk, label="Porter (2019)")
    files.folder_of(file_desk.store.address).write_text("in the way")
    with pytest.raises(RealistError, match=r"cannot be kept in .*--embed keeps it"):
        attaching.attach(file_desk, "#1", file(tmp_path))
