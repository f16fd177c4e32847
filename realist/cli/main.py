"""The command line. Verbs are named here with their help and loaded when they are used."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from io import StringIO, TextIOWrapper

import click

from realist import __version__
from realist.cli import open_interface
from realist.errors import RealistError, WrongUse

VERBS: dict[str, dict[str, tuple[str, str]]] = {
    "Begin": {
        "new": ("plan", "Make a new review: one file."),
        "import-review": ("archiving", "Make a review of an archive."),
        "sample": ("sample", "Build a sample review to look around in."),
        "me": ("plan", "Say who is at the keyboard."),
    },
    "Plan": {
        "review": ("plan", "What the review says of itself and what its grid shows."),
        "person": ("plan", "People who work on the review."),
        "stage": ("plan", "Search stages: why the team went searching, in order."),
        "search": ("plan", "Searches as they were run."),
        "round": ("rounds", "Screening rounds: their rules, the papers in them, how far they are."),
        "allocate": ("rounds", "Hand the papers of a round to people."),
        "set": ("screening", "Included sets: the named results of rounds."),
        "count": ("screening", "Numbers that only a source gives."),
    },
    "Papers": {
        "import": ("importing", "Read database exports; nothing is lost, refusals name their line."),
        "imports": ("imports", "What was imported, and what of it was refused."),
        "dedupe": ("deduping", "Join papers that are the same document; say what is doubtful."),
        "paper": ("papers", "Papers: add, find, show, correct, join, relate."),
        "study": ("sameness", "Studies, cases, programmes that several papers are about."),
    },
    "Screening": {
        "screen": ("rounds", "Screen on the screen, at your next undecided paper."),
        "decide": ("screening", "Include or exclude a paper in a round."),
        "park": ("screening", "Put a paper aside for later."),
        "resolve": ("screening", "Say what was agreed where people differ."),
        "agreement": ("agreeing", "How far people agree: kappa and its companions."),
        "retrieval": ("retrieving", "Full texts: sought, obtained, not obtainable."),
        "highlight": ("retrieving", "Terms that are marked in titles and abstracts while people screen."),
        "import-decisions": ("agreeing", "Read decisions made elsewhere."),
    },
    "Reading": {
        "attach": ("documents", "Attach the full text of a paper."),
        "document": ("documents", "Full texts that are attached: list, show, read again, save, take off."),
        "excerpt": ("excerpts", "Excerpts: quotations of papers, and whether they stand in the texts."),
        "appraise": ("appraising", "How relevant, rich, rigorous a paper or an excerpt is."),
        "appraisal": ("appraising", "How papers were appraised, and the scale for it."),
        "form": ("forms", "Extraction forms: define, fill, the answers as a table."),
        "extraction": ("extracting", "Who extracts what: one, two independently, or one with checks."),
        "evidence": ("theory", "What a paper says of a mechanism."),
        "reading": ("theory", "What was read and looked for, found or not."),
        "framework": ("frameworks", "Frameworks of codes that were there before the reading."),
        "code": ("coding", "Codes of frameworks and codes that grow, put on what was read."),
        "cmo": ("boxes", "CMO configurations (boxes): list, show, add, edit, check, import, export."),
    },
    "Theory": {
        "mechanism": ("theory", "Mechanisms: the components of the programme theory."),
        "context": ("theory", "Named contexts, for tagging."),
        "outcome": ("theory", "Named outcomes, for tagging."),
        "move": ("moves", "Synthesis across papers: what was put together, why, and what came of it."),
        "consultation": ("consulting", "People who were asked: what was shown, said, decided, and followed."),
        "memo": ("memos", "Memos: notes on anything."),
        "theory": ("theories", "Theories in versions, what bears on them, how strong they stand."),
        "pattern": ("patterns", "Patterns among boxes: similar ones, pairs that recur, chains."),
        "regularity": (
            "regularities",
            "Demi-regularities: what people named a pattern, and what is against it.",
        ),
    },
    "Results": {
        "grid": ("results", "The evidence grid: mechanisms by papers."),
        "cross": ("crossing", "Cross-case tables: codes, sites, mechanisms … by one another."),
        "saturation": ("patterns", "What was new in the papers, in the order in which they were read."),
        "flow": ("flow", "The flow of records, stage by stage."),
        "report": ("reports", "Reports of the review, as text, JSON or a file."),
        "overlap": ("deduping", "What each database brought that no other did."),
        "find": ("results", "Find words in papers, full texts, claims, boxes, mechanisms and memos."),
        "export": (
            "exporting",
            "Write papers, grid, boxes, decisions, records or the review to a file.",
        ),
    },
    "Care": {
        "log": ("history", "Who did what, when and why."),
        "undo": ("history", "Take back an act."),
        "redo": ("history", "Do again what was undone."),
        "milestone": ("milestones", "Named moments, to look at the review as it was."),
        "check": ("history", "Is the review sound?"),
        "backup": ("history", "Write a verified copy while others go on."),
    },
}
_NOT_AS_OF = ("new", "sample", "me", "screen")
_WHERE = {verb: where for verbs in VERBS.values() for verb, where in verbs.items()}


class Verbs(click.Group):
    """All verbs; a verb's module is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all verbs in the order of the help."""
        return list(_WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the verb *cmd_name*."""
        if cmd_name not in _WHERE:
            return None
        module = import_module(f"realist.cli.{_WHERE[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; name the nearest ones where there is none."""
        if args and args[0] not in _WHERE and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], _WHERE, 3)
            hint = f" Did you mean {' or '.join(near)}?" if near else " `realist --help` lists them."
            ctx.fail(f"There is no verb {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs by what they are for, without loading any."""
        for title, verbs in VERBS.items():
            with formatter.section(title):
                formatter.write_dl([(verb, text) for verb, (_, text) in verbs.items()])


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A first look: realist sample leadership, then realist grid, realist cmo show 1, realist flow.",
)
@click.option(
    "--db",
    metavar="FILE",
    help="The review: a file or a postgresql+psycopg:// address. Default: REALIST_DB, or the one here.",
)
@click.option(
    "--as-of", default="", metavar="MOMENT", help="Look at the review as it was: a date, a milestone, #ACT."
)
@click.option("--as", "person", metavar="INITIALS", help="Who makes this change. Default: see `realist me`.")
@click.version_option(__version__, prog_name="realist", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, db: str | None, person: str | None, as_of: str) -> None:
    """Make a realist review: records, CMO boxes, evidence grid, flow, in one SQLite file.

    Without a verb, in a terminal, the interface opens: on the review in this folder, or on one you choose.
    Every verb explains itself with --help, and speaks JSON with --json where it shows something.
    """
    ctx.obj = {"db": db, "person": person, "as_of": as_of}
    if as_of and ctx.invoked_subcommand in (None, *_NOT_AS_OF):
        raise WrongUse("--as-of looks at the review as it was: it goes with a verb that shows something.")
    if ctx.invoked_subcommand is not None:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(ctx.get_help())
        return
    ctx.exit(open_interface(db or "", person or ""))


def main() -> None:
    """Run the command line; errors are one sentence, exit status 1 (input) or 2 (use)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a sign that the terminal cannot show must not end the step
            stream.reconfigure(errors="backslashreplace")
    try:
        status = cli.main(prog_name="realist", standalone_mode=False)
    except click.ClickException as error:
        told = StringIO()
        error.show(told)
        status = _failed(told.getvalue(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        what = "\nStopped. What was finished before is kept; the step under way left nothing behind."
        status = _failed(what, 130)
    except RealistError as error:
        status = _failed(f"realist: {error}", error.exit_status)
    except UnicodeEncodeError:
        status = _failed("realist: What was typed holds bytes that are no UTF-8 text: type it again.", 2)
    except OSError as error:
        with suppress(OSError, ValueError):  # what could not be written is not tried again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        where = f"{error.filename}: " if error.filename else ""
        status = _failed(f"realist: {where}{error.strerror or error}.", 1)
    sys.exit(status)


def _failed(text: str, status: int) -> int:
    from realist.text import plain

    click.echo(plain(text).rstrip("\n"), err=True)
    return status
