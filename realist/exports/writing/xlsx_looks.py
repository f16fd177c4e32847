"""How the cells of a workbook look."""

from __future__ import annotations

from typing import Any, ClassVar


class Looks:
    """The formats of a workbook, made when first asked for."""

    _BASE: ClassVar[dict[str, dict[str, Any]]] = {
        "title": {"bold": True, "font_size": 14}, "bold": {"bold": True},
        "head": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1},
        "signhead": {"bold": True, "text_wrap": True, "align": "center", "valign": "bottom", "bottom": 1},
        "group": {"bold": True, "align": "center", "bottom": 1},
        "upright": {
            "bold": True, "rotation": 90, "text_wrap": True, "align": "center", "valign": "bottom",
            "bottom": 1,
        },
        "name": {"valign": "top"}, "words": {"text_wrap": True, "valign": "top"},
        "signs": {"align": "center", "valign": "top"}, "numbers": {"align": "center", "valign": "top"},
        "footname": {"italic": True, "valign": "top", "font_color": "#444444"},
        "foot": {"italic": True, "valign": "top", "font_color": "#444444", "align": "center"},
    }  # fmt: skip

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[str, str, bool], Any] = {}

    def of(self, look: str, number: str = "", quoted: bool = False) -> Any:
        """Return a format; *quoted* marks text that would begin like a formula, when it is edited."""
        key = look, number, quoted
        if key not in self.made:
            name, _, link = look.partition(" ")
            base = dict(self._BASE.get(name, self._BASE["words"]))
            if link or look == "link":
                base |= {"font_color": "#0B57A4", "underline": 0}
            base |= {"num_format": number} if number else {}
            base |= {"quote_prefix": True} if quoted else {}
            self.made[key] = self.book.add_format(base)
        return self.made[key]
