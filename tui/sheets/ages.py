"""How long ago something was, in the fewest words, and how far something is, as a bar."""

from __future__ import annotations

from datetime import datetime


def ago(at: datetime, now: datetime | None = None) -> str:
    """Return how long before *now* something was: ``now``, ``5 min ago``, ``3 h ago``; at last, the day."""
    here = (now or datetime.now().astimezone()).astimezone()
    seconds = (here - at.astimezone()).total_seconds()
    if seconds < 60:
        return "now"
    if seconds < 3600:
        return f"{seconds // 60:.0f} min ago"
    if seconds < 86_400:
        return f"{seconds // 3600:.0f} h ago"
    if seconds < 14 * 86_400:
        return f"{seconds // 86_400:.0f} d ago"
    return at.astimezone().strftime("%Y-%m-%d")


def bar(done: int, of: int, width: int) -> str:
    """Return *width* columns, filled by *done* of *of*; full only when all is done, empty only at none."""
    if of <= 0 or width < 1:
        return "░" * max(width, 0)
    filled = done * width // of
    if done > 0 and filled == 0 and width > 1:
        filled = 1
    return "█" * min(filled, width) + "░" * (width - min(filled, width))
