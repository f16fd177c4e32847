"""The evidence grid and the flow counted again, straight from the rows, by the words of the rules."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection

Rows = list[dict[str, Any]]
Pair = tuple[str, str]


def rows(connection: Connection, sql: str) -> Rows:
    return [dict(row) for row in connection.exec_driver_sql(sql).mappings()]


class Recount:
    """What stands in a review, read row by row."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.joins = {
            row["from_paper"]: row["into_paper"] for row in self.table("paper_join") if row["ended"] == ""
        }
        self.merges: dict[str, list[str]] = defaultdict(list)
        for row in self.table("mechanism_merge"):
            if row["ended"] == "":
                self.merges[row["from_mechanism"]].append(row["into_mechanism"])

    def table(self, name: str) -> Rows:
        return rows(self.connection, f'SELECT * FROM "{name}"')

    def timed(self, name: str) -> Rows:
        return sorted(self.table(name), key=lambda row: (row["at"], row["uid"]))

    def current_paper(self, uid: str) -> str:
        while uid in self.joins:
            uid = self.joins[uid]
        return uid

    def current_mechanism(self, uid: str) -> str:
        while len(self.merges.get(uid, ())) == 1:
            (uid,) = self.merges[uid]
        return uid

    # --- the grid ----------------------------------------------------------------------------------

    def columns(self) -> set[str]:
        """Mechanisms not dropped, parked or merged into one; into several only while something waits."""
        fates = {row["mechanism"]: row["fate"] for row in self.timed("mechanism_fate")}
        waiting = {mechanism for _, mechanism in self.present()}
        return {
            row["uid"]
            for row in self.table("mechanism")
            if fates.get(row["uid"]) not in ("dropped", "parked")
            and (not self.merges.get(row["uid"]) or row["uid"] in waiting)
        }

    def present(self) -> set[Pair]:
        """(paper, mechanism) where something stands."""
        found = {(row["paper"], row["mechanism"]) for row in self.table("evidence") if row["mechanism"]}
        status = {row["uid"]: row["status"] for row in self.table("configuration")}
        under, of, tags = self._boxes()
        quoted = self._quoted()
        for box in status:
            if status[box] == "dropped":
                continue
            tagged = {mechanism for names in tags[box].values() for mechanism in names}
            found |= {(paper, mechanism) for paper in of[box] for mechanism in under[box] | tagged}
            if status[box] not in ("synthesised", "refined"):
                continue
            for element, papers in quoted[box].items():
                found |= {(paper, name) for paper in papers for name in under[box] | tags[box][element]}
        return {(self.current_paper(paper), self.current_mechanism(name)) for paper, name in found}

    def _boxes(self) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, dict[str, set[str]]]]:
        under, of = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for row in self.table("configuration_mechanism"):
            under[row["configuration"]].add(row["mechanism"])
        for row in self.table("configuration_paper"):
            of[row["configuration"]].add(row["paper"])
        box_of = {row["uid"]: row["configuration"] for row in self.table("element")}
        tags: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in self.table("element_tag"):
            if row["mechanism"]:
                tags[box_of[row["element"]]][row["element"]].add(row["mechanism"])
        return under, of, tags

    def _quoted(self) -> dict[str, dict[str, set[str]]]:
        box_of = {row["uid"]: row["configuration"] for row in self.table("element")}
        paper_of = {row["uid"]: row["paper"] for row in self.table("excerpt")}
        quoted: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in self.table("element_source"):
            if row["excerpt"]:
                quoted[box_of[row["element"]]][row["element"]].add(paper_of[row["excerpt"]])
        return quoted

    def read(self) -> dict[Pair, str]:
        """(paper, mechanism) to what the latest reading says; a whole reading is of what there was then."""
        latest: dict[Pair, str] = {}
        born = {row["uid"]: row["at"] for row in self.table("mechanism")}
        for row in self.timed("reading"):
            paper = self.current_paper(row["paper"])
            for mechanism in [row["mechanism"]] if row["mechanism"] else born:
                if row["mechanism"] or born[mechanism] <= row["at"]:
                    latest[paper, mechanism] = row["result"]
        return latest

    def grid(self) -> dict[Pair, str]:
        """(paper, mechanism) to state, for the cells that say anything."""
        states = {"none": "none", "not recoverable": "not_recoverable"}
        said = {pair: states[result] for pair, result in self.read().items() if result in states}
        everything = {**said, **dict.fromkeys(self.present(), "present")}
        columns = self.columns()
        return {pair: state for pair, state in everything.items() if pair[1] in columns}

    # --- decisions ---------------------------------------------------------------------------------

    def verdicts(self, round_: str) -> dict[str, tuple[str | None, bool]]:
        """By paper of a round: the verdict that everybody holds, and whether they differ."""
        entries = {row["uid"]: row for row in self.table("entry") if row["round"] == round_}
        held: dict[str, dict[str, str]] = {self.current_paper(row["paper"]): {} for row in entries.values()}
        for row in self.timed("decision"):
            if row["entry"] in entries:
                held[self.current_paper(entries[row["entry"]]["paper"])][row["person"]] = row["verdict"]
        found: dict[str, tuple[str | None, bool]] = {}
        for paper, by in held.items():
            words = set(by.values()) - {"undecided"}
            found[paper] = (next(iter(words)) if len(words) == 1 else None, len(words) > 1)
        return found

    def members(self, name: str) -> set[str]:
        """The members of an included set."""
        (of,) = [row for row in self.table("included_set") if row["name"] == name]
        verdicts = self.verdicts(of["round"])
        listed = {
            self.current_paper(row["paper"])
            for row in self.table("listed_paper")
            if row["included_set"] == of["uid"]
        }
        excluded = {paper for paper, (verdict, _) in verdicts.items() if verdict == "exclude"}
        return (listed - excluded) | {paper for paper, (word, _) in verdicts.items() if word == "include"}
