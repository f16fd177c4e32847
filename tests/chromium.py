"""A real Chromium without a window, spoken to over a pipe in its DevTools protocol."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--disable-extensions",
    "--remote-debugging-pipe",
)  # fmt: skip
_PATIENCE = 120.0


class BrowserError(Exception):
    """The browser said no, or nothing at all."""


def chromium() -> str:
    """Return the path of a Chromium on this machine; "" where there is none."""
    named = os.environ.get("REALIST_TEST_CHROMIUM", "")
    return next(filter(None, map(shutil.which, [named, *NAMES] if named else NAMES)), "")


class Page:
    """One page in the browser; what it asked for and what its console said is kept."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session
        self.requests: list[str] = []
        """Addresses that were asked for, the page's own first."""
        self.said: list[str] = []
        """What came to the console, errors and refusals by the policy of the page too."""
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method of the protocol; return its result."""
        return self._browser.call(method, params, self._session)

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded, and drawn once."""
        self._browser.loaded.discard(self._session)
        self.call("Page.navigate", url=address)
        self._browser.until(lambda: self._session in self._browser.loaded)
        self.settle()

    def settle(self) -> None:
        """Wait for two frames: what was asked for in one is drawn by the next."""
        self.js("new Promise(f => requestAnimationFrame(() => requestAnimationFrame(() => f(0))))")

    def js(self, expression: str) -> Any:
        """Return the value of an expression in the page, awaited where it is a promise."""
        done = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in done:
            raise BrowserError(json.dumps(done["exceptionDetails"])[:500])
        return done["result"].get("value")

    def key(self, key: str, *, text: str = "", modifiers: int = 0) -> None:
        """Press and release a key, such as "ArrowDown" or "a"; modifiers: 2 is Ctrl, 8 is Shift."""
        code = _CODES.get(key, ord(key.upper()) if len(key) == 1 else 0)
        said = text or (key if len(key) == 1 else {"Enter": "\r", "Space": " "}.get(key, ""))
        key = " " if key == "Space" else key
        event = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        self.call("Input.dispatchKeyEvent", type="keyDown", **event, **({"text": said} if said else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)
        self.settle()

    def write(self, text: str) -> None:
        """Type a text where the focus is."""
        self.call("Input.insertText", text=text)
        self.settle()

    def click(self, selector: str) -> None:
        """Click in the middle of the first element that a selector finds."""
        found = self.js(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)}); if (!one) return null;"
            " one.scrollIntoView({block: 'nearest'}); const box = one.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2] })()"
        )
        if found is None:
            raise BrowserError(f"nothing on the page is {selector}")
        at = {"x": found[0], "y": found[1], "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, **at)
        self.settle()

    def screen(self, width: int, height: int, *, touch: bool = False) -> None:
        """Make the page as large as a screen."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=touch,
        )
        self.settle()

    def prefer(self, *, scheme: str = "light", media: str = "") -> None:
        """Set what the reader prefers, light or dark, and whether the page is on a screen or in print."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)
        self.settle()

    def picture(self, path: Path) -> None:
        """Write what is seen to a PNG file."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def printed(self) -> bytes:
        """Return the page as a PDF, as the print style sets it."""
        done = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return base64.b64decode(done["data"])

    def heard(self, method: str, params: dict[str, Any]) -> None:
        """Keep what the browser tells of this page."""
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Runtime.consoleAPICalled":
            self.said.append(json.dumps(params["args"])[:500])
        elif method == "Runtime.exceptionThrown":
            self.said.append(json.dumps(params["exceptionDetails"])[:500])
        elif method == "Log.entryAdded":
            self.said.append(params["entry"]["text"])


_CODES = {
    "Enter": 13, "Escape": 27, "Space": 32, "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36,
    "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Tab": 9, "/": 191,
}  # fmt: skip


class Browser:
    """A running browser; its ends of the two pipes, and what came through them."""

    def __init__(self, process: subprocess.Popen[bytes], out: int, back: int) -> None:
        self.process, self._out, self._back = process, out, back
        self._held = b""
        self._last = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._pages: dict[str, Page] = {}
        self.loaded: set[str] = set()

    def page(self) -> Page:
        """Open an empty page."""
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        page = Page(self, session)
        self._pages[session] = page
        return page

    def call(self, method: str, params: dict[str, Any], session: str = "") -> dict[str, Any]:
        """Call a method and wait for what it answers."""
        self._last += 1
        number = self._last
        message = {
            "id": number,
            "method": method,
            "params": params,
            **({"sessionId": session} if session else {}),
        }
        os.write(self._out, json.dumps(message).encode() + b"\0")
        self.until(lambda: number in self._answers)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def until(self, done: Any) -> None:
        """Take in what the browser says until *done* says yes."""
        end = time.monotonic() + _PATIENCE
        while not done():
            ready, _, _ = select.select([self._back], [], [], max(end - time.monotonic(), 0))
            held = os.read(self._back, 1 << 20) if ready else b""
            if not held:
                raise BrowserError("the browser says nothing any more")
            *messages, self._held = (self._held + held).split(b"\0")
            for message in messages:
                self._take(json.loads(message))

    def _take(self, message: dict[str, Any]) -> None:
        if "id" in message:
            self._answers[message["id"]] = message
        elif message["method"] == "Page.loadEventFired":
            self.loaded.add(message["sessionId"])
        elif page := self._pages.get(message.get("sessionId", "")):
            page.heard(message["method"], message["params"])


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Run a browser that keeps its profile in *folder*; end it afterwards."""
    to_browser, out = os.pipe()
    back, from_browser = os.pipe()
    root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    # The browser reads its orders from descriptor 3 and answers on 4.
    start = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
    command = [
        "bash",
        "-c",
        start,
        "bash",
        chromium(),
        *FLAGS,
        *root,
        f"--user-data-dir={folder}",
        "about:blank",
    ]
    process = subprocess.Popen(
        command, pass_fds=(to_browser, from_browser), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env={**os.environ, "TZ": "UTC"},
    )  # fmt: skip
    os.close(to_browser)
    os.close(from_browser)
    running = Browser(process, out, back)
    try:
        yield running
    finally:
        with_end = {"id": 0, "method": "Browser.close"}
        try:
            os.write(out, json.dumps(with_end).encode() + b"\0")
            process.wait(20)
        except (OSError, subprocess.TimeoutExpired):
            process.kill()
            process.wait()
        os.close(out)
        os.close(back)
