"""The fields of an extraction form as they are asked."""

from __future__ import annotations

from collections.abc import Mapping

from realist.domain.forms import Template
from realist.vocabulary import FieldKind
from tui.dialogs import Field


def asked_fields(template: Template, before: Mapping[str, str]) -> list[Field]:
    """Return what is asked for a form, with the answers there are *before*, by key."""
    fields = []
    for field in template.fields:
        value, only = before.get(field.key, ""), field.kind in (FieldKind.CHOICE, FieldKind.YES_NO)
        choices = ("yes", "no") if field.kind is FieldKind.YES_NO else field.choices
        help_ = f"{'; '.join(choices)}. {field.help}" if field.kind is FieldKind.MANY else field.help
        only = only and value in ("", *choices)
        fields.append(
            Field(field.key, field.label, value, field.kind is FieldKind.TEXT,
                  ("", *choices) if only else (), only, help_)
        )  # fmt: skip
    return fields
