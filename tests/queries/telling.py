"""Which functions of a package of queries can tell what people decided or put on papers, read from source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

TABLES = frozenset(
    (
        "Decision", "DecisionReason", "Resolution", "Tagging", "Tag", "Memo", "Appraisal", "Answer", "Coding",
        "Act",
        "Change", "Base", "asking", "Configuration", "ConfigurationPaper", "ConfigurationMechanism",
        "ConfigurationRelation", "Element", "ElementSource", "ElementTag", "ElementLink", "Evidence",
        "EvidenceExcerpt", "Reading", "Excerpt", "ExcerptAnchor", "Extraction", "ExtractionCheck",
    )
)  # fmt: skip
"""What tells: tables, all of them by way of their base, and the index, which holds the words of memos."""
WHO = frozenset(("viewer", "initials"))
"""What the person who looks is called."""
_SQL = re.compile(
    r"\b(?:from|join)\s+\"?(?:decision|decision_reason|resolution|tagging|memo|appraisal|answer|coding|act|change"
    r"|configuration\w*|element\w*|evidence\w*|reading|excerpt\w*|extraction\w*)\b",
    re.IGNORECASE,
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Part:
    """A function, class or value of a module: what it mentions, and by what names it is called with."""

    mentions: set[str] = field(default_factory=set)
    takes: set[str] | None = None


def parts_of(package: str, sources: Mapping[str, str]) -> dict[str, Part]:
    """Return the parts of a package by "module.name"; *sources* are the texts of its modules by name."""
    found: dict[str, Part] = {}
    for module, text in sources.items():
        tree = ast.parse(text)
        known = _imported(package, tree)
        own = {name for node in tree.body for name in _names(node)}
        for node in tree.body:
            part = Part(set(_mentions(node, module, own, known)), _takes(node))
            for name in _names(node):
                there = found.setdefault(f"{module}.{name}", part)
                there.mentions |= part.mentions
    return found


def telling(parts: Mapping[str, Part]) -> set[str]:
    """Return the parts that mention a table that tells, or another part that does."""
    found = {name for name, part in parts.items() if part.mentions & TABLES}
    while True:
        more = {name for name, part in parts.items() if part.mentions & found} - found
        if not more:
            return found
        found |= more


def unguarded(parts: Mapping[str, Part]) -> set[str]:
    """Return the public functions and classes that tell and are not told who looks."""
    return {
        name
        for name in telling(parts)
        for takes in (parts[name].takes,)
        if takes is not None and not takes & WHO and not name.rpartition(".")[2].startswith("_")
    }


def modules(folder: Path) -> dict[str, str]:
    """Return the texts of the modules in a folder by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}


def _imported(package: str, tree: ast.Module) -> dict[str, str]:
    """Return by local name what a module imports: "module.name", "module" of the package, or a table."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        where = node.module or ""
        for name in node.names:
            local = name.asname or name.name
            if where.startswith(f"{package}."):
                found[local] = f"{where.removeprefix(f'{package}.')}.{name.name}"
            elif where == package or name.name in TABLES:
                found[local] = name.name
    return found


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, Function | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (name.id for of in node.targets for name in ast.walk(of) if isinstance(name, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def _takes(node: ast.stmt) -> set[str] | None:
    """Return what a function, or the making of an object of a class, takes; None of anything else."""
    if isinstance(node, ast.ClassDef):
        made = [one for one in node.body if isinstance(one, Function) and one.name == "__init__"]
        return _takes(made[0]) if made else None
    if not isinstance(node, Function):
        return None
    every = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    return {of.arg for of in every}


def _mentions(node: ast.AST, module: str, own: set[str], known: Mapping[str, str]) -> Iterator[str]:
    """Yield what a part mentions, annotations left out: "module.name", or the name of a table."""
    if isinstance(node, ast.Name):
        if node.id in known:
            yield known[node.id]
        elif node.id in own:
            yield f"{module}.{node.id}"
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
        yield f"{known[node.value.id]}.{node.attr}"
        yield known[node.value.id]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.search(node.value):
        yield "Base"
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _mentions(child, module, own, known)


def calls_without_viewer(package: str, text: str, guarded: Mapping[str, set[str]]) -> list[tuple[int, str]]:
    """Return where a module calls a query that asks for the *viewer* and does not name one: (line, name).

    *guarded* are such queries, "module.name", with what they take.
    """
    tree = ast.parse(text)
    known = _imported(package, tree)
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ""
        if isinstance(node.func, ast.Name):
            name = known.get(node.func.id, "")
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            name = f"{known.get(node.func.value.id, '')}.{node.func.attr}"
        if name in guarded and not any(keyword.arg == "viewer" for keyword in node.keywords):
            found.append((node.lineno, name))
    return found
