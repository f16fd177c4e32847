"""Our own SVG as PDF or PNG, by matplotlib: lines, rectangles and text, which is all that our figures hold.

Text stays text in a PDF. The same figure gives the same bytes: no time, no random name is written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

from realist.errors import RealistError

MILLIMETRES = {"one": 89.0, "two": 183.0}
"""The widths of one and of two columns of a journal."""
_DOTS = 300
_INCH = 25.4
_TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?")
_ROTATE = re.compile(r"rotate\((-?[\d.]+) (-?[\d.]+) (-?[\d.]+)\)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6, "Z": 0}


def rendered(drawing: str, ending: str, *, columns: str = "two") -> bytes:
    """Return an SVG of ours as a file: *ending* is ``svg``, ``pdf`` or ``png`` (300 dots an inch).

    A PDF or PNG is as wide as *columns* (one, two) of a journal. Raises RealistError without matplotlib.
    """
    if ending == "svg":
        return drawing.encode()
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.backends.backend_pdf import FigureCanvasPdf
        from matplotlib.figure import Figure
    except ImportError as error:
        raise RealistError(
            f"A figure as {ending.upper()} needs matplotlib: pip install 'realist[figures]'. SVG does not."
        ) from error
    root = fromstring(drawing)
    wide, high = float(root.get("width", "1")), float(root.get("height", "1"))
    across = MILLIMETRES[columns] / _INCH
    with rc_context({"pdf.fonttype": 42, "font.family": "DejaVu Sans", "path.simplify": False}):
        figure = Figure(figsize=(across, across * high / wide))
        canvas = (FigureCanvasPdf if ending == "pdf" else FigureCanvasAgg)(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, wide)
        axes.set_ylim(high, 0)
        axes.axis("off")
        points = across * 72 / wide
        for order, one in enumerate(root.iter()):
            _draw(axes, one, points, order)
        out = io.BytesIO()
        metadata = (
            {"CreationDate": None, "Producer": None, "Creator": "realist"}
            if ending == "pdf"
            else {"Software": None}
        )
        canvas.print_figure(out, format=ending, dpi=_DOTS, metadata=metadata)
    return out.getvalue()


def _draw(axes: Any, one: ElementTree.Element, points: float, order: int) -> None:
    from matplotlib.patches import PathPatch, Rectangle

    tag = one.tag.rpartition("}")[2]
    of = one.attrib
    style: dict[str, Any] = {
        "facecolor": of.get("fill", "#000000"), "edgecolor": of.get("stroke", "none"), "zorder": order,
        "linewidth": float(of.get("stroke-width", "1")) * points,
        "linestyle": (0, (4, 3)) if "stroke-dasharray" in of else "solid",
    }  # fmt: skip
    if tag == "rect" and "%" not in of.get("width", "%"):
        place = float(of.get("x", 0)), float(of.get("y", 0))
        axes.add_patch(Rectangle(place, float(of["width"]), float(of["height"]), **style))
    elif tag == "path":
        axes.add_patch(PathPatch(_path(of["d"]), **style))
    elif tag == "text":
        _write(axes, one, points, order)


def _write(axes: Any, one: ElementTree.Element, points: float, order: int) -> None:
    of = one.attrib
    turn = _ROTATE.match(of.get("transform", ""))
    axes.text(
        float(of.get("x", 0)), float(of.get("y", 0)), (one.text or "").replace("$", r"\$"),
        fontsize=float(of.get("font-size", "12")) * points, color=of.get("fill", "#000000"), zorder=order,
        ha={"middle": "center", "end": "right"}.get(of.get("text-anchor", ""), "left"), va="baseline",
        weight=of.get("font-weight", "normal"), style=of.get("font-style", "normal"),
        rotation=-float(turn[1]) if turn else 0, rotation_mode="anchor",
    )  # fmt: skip


def _path(data: str) -> Any:
    """Return a path of matplotlib of the commands M, L, H, V, Q, C and Z, in capitals or small letters."""
    from matplotlib.path import Path

    places: list[tuple[float, float]] = []
    codes: list[Any] = []
    kinds: dict[str, Any] = {"M": Path.MOVETO, "L": Path.LINETO, "Q": Path.CURVE3, "C": Path.CURVE4}
    here, start = (0.0, 0.0), (0.0, 0.0)
    for letter, numbers in _commands(data):
        base = here if letter.islower() else (0.0, 0.0)
        kind = letter.upper()
        if kind == "Z":
            places.append(start)
            codes.append(Path.CLOSEPOLY)
            here = start
            continue
        if kind in "HV":
            here = (base[0] + numbers[0], here[1]) if kind == "H" else (here[0], base[1] + numbers[0])
            points, kind = [here], "L"
        else:
            points = [(base[0] + x, base[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            here = points[-1]
        places += points
        codes += [kinds[kind]] * len(points)
        start = here if kind == "M" else start
    return Path(places, codes)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command with its numbers; one that is followed by more numbers is given again."""
    letter, numbers = "", list[float]()
    for token in _TOKEN.findall(data):
        if token.isalpha():
            letter, numbers = token, []
            if _TAKES[letter.upper()] == 0:
                yield letter, []
        else:
            numbers.append(float(token))
            if len(numbers) == _TAKES[letter.upper()]:
                yield letter, numbers
                letter, numbers = {"M": "L", "m": "l"}.get(letter, letter), []
