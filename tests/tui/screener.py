"""A process of its own that screens through the gateway, as the screen does, a paper every so often.

Run as ``python -m tests.tui.screener ADDRESS INITIALS DECISIONS SECONDS``. It begins when it is told to on
its standard input, and says at the end, as JSON, how long each decision took.
"""

from __future__ import annotations

import json
import random
import sys
import time

from realist.vocabulary import Verdict
from tui.gateway import deciding, screening
from tui.gateway.deciding import Decided
from tui.gateway.door import Gateway


def main(address: str, initials: str, decisions: int, every: float) -> None:
    """Decide on the papers that come next."""
    gate = Gateway(address, initials)
    gate.open(address)
    opened = screening.open_pile(gate, "", str)
    assert opened is not None
    queue, waits = opened.queue, list[float]()
    print("ready", flush=True)
    sys.stdin.readline()
    begun = time.monotonic() + random.random() * every  # people do not press their keys in step
    time.sleep(begun - time.monotonic())
    for place in range(decisions):
        item = queue.item
        assert item is not None
        verdict = Verdict.INCLUDE if item.number % 3 else Verdict.EXCLUDE
        before = time.monotonic()
        deciding.decide(gate, item, f"#{item.number}", Decided(verdict, seconds=1.0))
        waits.append(time.monotonic() - before)
        queue.put(item._replace(verdict=str(verdict)))
        queue.go_on()
        time.sleep(max(begun + (place + 1) * every - time.monotonic(), 0))
    gate.close()
    print(json.dumps(waits))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
