"""Errors a person can act on. Each says what, where, and what to do; none shows a traceback."""

from __future__ import annotations


class RealistError(Exception):
    """Something in the input or the state of the review stops this step.

    The message is one sentence for the person at the keyboard. ``exit_status`` is what the command
    line returns: 1 for bad input or state, 2 for wrong use.
    """

    exit_status = 1


class WrongUse(RealistError):
    """The command was called in a way that cannot work."""

    exit_status = 2


class NotFound(RealistError):
    """Nothing in this review has that name, number or uid."""


class Ambiguous(RealistError):
    """Several things in this review answer to that name; the message lists them."""


class Refused(RealistError):
    """The step would break a rule of the review, so nothing was changed."""


class NoPerson(WrongUse):
    """A write needs to know who makes it: use `realist me INITIALS`, `--as INITIALS` or REALIST_PERSON."""


class NoReview(WrongUse):
    """There is no review here: name one with `--db FILE` or make one with `realist new`."""


class NotAReview(RealistError):
    """The file is not a review."""


class Newer(RealistError):
    """The review was written by a newer version of this program."""
