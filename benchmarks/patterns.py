"""How long it takes to find boxes that are alike, and how well what was planted is found.

Run ``python benchmarks/patterns.py``. 1,800 boxes among which twelve accounts were planted, each in 5 to 20
wordings of several styles, in a vocabulary that no threshold was chosen by; once the others say what nobody
else says, once each of their parts is one of forty that others use, too. Printed are the CPU time, the
adjusted Rand index over all boxes (those of no pattern each a group of its own) and over the planted ones,
and the share of the others that stay alone, beside their limits. Where parts are shared, some of the others
have two of three sides in common, and are rightly put together.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from realist.domain.patterns.alike import similar  # noqa: E402
from tests.domain.rewording import HELD_OUT, STYLES, planted, rand_index  # noqa: E402

BOXES, SEEDS, SECONDS, INDEX = 1800, range(3), 5.0, 0.8
ALONE = {0: 0.99, 40: 0.8}


def main() -> None:
    """Print the figures; exit with 1 beyond a limit."""
    good = True
    print(f"{BOXES:,} boxes, 12 planted patterns, wording alone; limits: {SECONDS} CPU s, index {INDEX}")
    for name, styles in (*((style.name, [style]) for style in STYLES), ("all styles", list(STYLES))):
        for pool, limit in ALONE.items():
            for seed in SEEDS:
                made = planted(seed, HELD_OUT, styles, boxes=BOXES, pool=pool)
                began = time.process_time()
                groups = similar(made.boxes, tags=False)
                seconds = time.process_time() - began
                of = {uid: n for n, group in enumerate(groups) for uid in group.uids}
                truth = [n if n >= 0 else box.uid for n, box in zip(made.pattern, made.boxes, strict=True)]
                found = [of.get(box.uid, box.uid) for box in made.boxes]
                index = rand_index(truth, found)
                at = [place for place, n in enumerate(made.pattern) if n >= 0]
                inner = rand_index([truth[n] for n in at], [found[n] for n in at])
                others = [box.uid for box, n in zip(made.boxes, made.pattern, strict=True) if n < 0]
                alone = sum(uid not in of for uid in others) / len(others)
                good = good and seconds <= SECONDS and min(index, inner) >= INDEX and alone >= limit
                told = f"  {name:10}  parts of {pool or 'none':>4}  seed {seed}  {seconds:.1f} s"
                print(
                    f"{told}  index {index:.3f}  of planted {inner:.3f}  "
                    f"others alone {alone:.3f} (limit {limit})"
                )
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
