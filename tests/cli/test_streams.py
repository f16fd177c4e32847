"""The program among others: closed pipes, full disks, narrow encodings, Ctrl-C."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "realist"]
INTERRUPTIBLE = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " from realist.cli.main import main; main()",
]
"""The program with Ctrl-C as a terminal has it, also where the tests run with it ignored."""


def _run(*args: str, encoding: str = "utf-8", **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*PROGRAM, *args],
        capture_output=True,
        encoding=encoding,
        env={**os.environ, **environment},
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done


def _many(path: Path, records: int) -> None:
    entry = (
        "TY  - JOUR\nTI  - Leading teams across boundaries, no. {n}\nAU  - Author, A.\nPY  - 2001\nER  - \n\n"
    )
    with path.open("w") as file:
        for n in range(records):
            file.write(entry.format(n=n))


@pytest.mark.skipif(os.name == "nt", reason="pipes are closed in another way there")
def test_a_closed_pipe_is_quiet(small: Path) -> None:
    _many(small / "many.ris", 3000)
    assert _run("import", "many.ris").returncode == 0
    reader, writer = os.pipe()
    program = subprocess.Popen(
        [*PROGRAM, "paper", "list", "--limit", "3000"], stdout=writer, stderr=subprocess.PIPE
    )
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        assert b"paper" in pipe.readline()
    _, err = program.communicate(timeout=60)
    assert err == b""
    assert program.returncode in (0, 1, 141)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_the_output_is_told(small: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*PROGRAM, "paper", "list"], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )
    assert (done.returncode, done.stderr) == (1, "realist: No space left on device.\n")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_terminal_without_the_signs_still_tells_the_states_apart(encoding: str, small: Path) -> None:
    done = _run("grid", PYTHONIOENCODING=encoding, encoding=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    row = next(line for line in done.stdout.split("\n") if line.startswith("Ahmed"))
    assert "\\u2713" in row
    assert "?" not in row


def test_a_pipe_gets_plain_text(small: Path) -> None:
    done = _run("paper", "list", COLUMNS="")
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.split("\n"))) <= 100


def _count(path: Path, table: str) -> int:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent in another way there")
def test_ctrl_c_in_an_import_leaves_nothing(bare: Path) -> None:
    review = bare / "review.realist"
    _many(bare / "many.ris", 60_000)
    acts = _count(review, "act")
    program = subprocess.Popen(
        [*INTERRUPTIBLE, "import", "many.ris"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    while _count(review, "record") == 0:
        assert program.poll() is None, program.communicate()
        time.sleep(0.01)
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=120)
    assert (program.returncode, out) == (130, "")
    assert err.strip() == "Stopped. What was finished before is kept; the step under way left nothing behind."
    for table in ("record", "record_raw", "record_text", "paper", "import", "import_problem"):
        assert _count(review, table) == 0
    assert _count(review, "act") == acts
    assert _run("check").stdout == "The review is sound.\n"
    assert not list(bare.glob("*-wal")) + list(bare.glob("*-journal"))


@pytest.mark.skipif(os.name == "nt", reason="terminals are opened in another way there")
def test_a_terminal_sees_how_far_an_import_is_and_then_only_its_report(bare: Path) -> None:
    _many(bare / "many.ris", 2500)
    outer, inner = os.openpty()
    program = subprocess.Popen([*PROGRAM, "import", "many.ris"], stdout=inner, stderr=inner)
    os.close(inner)
    seen = b""
    with suppress(OSError):  # the terminal is closed when the program ends
        while part := os.read(outer, 65536):
            seen += part
    os.close(outer)
    assert program.wait(timeout=60) == 0
    lines = [line.rstrip("\r").split("\r") for line in seen.decode("utf-8").rstrip().split("\n")]
    assert lines[-1] == ["2,500 records read, 2,500 papers made."]
    told = lines[0]
    assert [part.split(",")[0] for part in told[1:3]] == ["many.ris: 1", "many.ris: 2"]
    assert "records, " in told[1]
    assert (told[-2].strip(), len(told[-2])) == ("", len(told[-3].rstrip()))
    assert any(line[0].startswith("many.ris: 2,500 records (ris") for line in [*lines[1:], [told[-1]]])


def test_the_module_runs_as_a_program(small: Path) -> None:
    assert _run("--version").stdout.startswith("realist ")
    assert _run("paper", "show", "Nobody").returncode == 1
    assert _run("papers").returncode == 2
    refused = _run("import", "nowhere.ris")
    assert (refused.returncode, refused.stderr) == (1, "")
