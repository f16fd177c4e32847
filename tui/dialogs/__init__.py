"""Dialogs: a sentence, a question, a form, a choice, and long work under way."""

from tui.dialogs.busy import Busy, Progress, Stopped
from tui.dialogs.choose import Choose, Option, fitting
from tui.dialogs.dialog import Confirm, Dialog, Tell
from tui.dialogs.form import Field, Form, Values

__all__ = [
    "Busy",
    "Choose",
    "Confirm",
    "Dialog",
    "Field",
    "Form",
    "Option",
    "Progress",
    "Stopped",
    "Tell",
    "Values",
    "fitting",
]
