"""A pseudo-terminal in which a program runs: what it writes, and when. For benchmarks and tests."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType


class Terminal:
    """A program in a terminal of *columns* × *rows*; everything it writes is kept."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.written = b""
        self.began = time.perf_counter()
        self.pid, self.master = pty.fork()
        if self.pid == 0:  # the child: only the exec
            os.chdir(cwd or ".")
            os.execve(command[0], list(command), {**os.environ, "TERM": "xterm-256color", **(env or {})})
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.status: int | None = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.kill(signal.SIGKILL)
        os.close(self.master)

    def take(self, seconds: float) -> bytes:
        """Return what is written within *seconds*, as soon as something is."""
        ready, _, _ = select.select([self.master], [], [], max(seconds, 0))
        if not ready:
            return b""
        try:
            found = os.read(self.master, 1 << 16)
        except OSError:  # the other end is closed
            return b""
        self.written += found
        return found

    def until(self, words: bytes, seconds: float = 10.0, *, after: int = 0) -> float:
        """Return the seconds since the start when *words* were written, behind the first *after* bytes."""
        deadline = time.perf_counter() + seconds
        while words not in self.written[after:]:
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{words!r} was not written within {seconds} s: {self.written[-400:]!r}")
            self.take(0.02)
        return time.perf_counter() - self.began

    def rest(self, quiet: float = 0.25) -> None:
        """Read until nothing is written for *quiet* seconds."""
        while self.take(quiet):
            pass

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.master, keys)

    def cpu(self) -> float:
        """Return the seconds of processor time that the program used until now."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self, number: int) -> None:
        """Send the program a signal, where it still runs."""
        if self.status is None:
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                return
            if number == signal.SIGKILL:
                _, self.status = os.waitpid(self.pid, 0)

    def end(self, seconds: float = 5.0) -> int:
        """Wait until the program ends; return its exit status, or minus the signal that ended it."""
        deadline = time.perf_counter() + seconds
        while self.status is None:
            self.take(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            elif time.perf_counter() > deadline:
                raise TimeoutError(f"The program did not end within {seconds} s.")
        while self.take(0.05):
            pass
        return self.status
