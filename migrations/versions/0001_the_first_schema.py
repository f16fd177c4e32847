"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The first schema."""
    op.create_table(
        "person",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_person_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_person")),
        sa.UniqueConstraint("initials", name=op.f("uq_person_initials")),
    )
    op.create_table(
        "search_due",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_search_due")),
    )
    op.create_table(
        "search_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_piece")),
    )
    op.create_index(op.f("ix_search_piece_subject"), "search_piece", ["subject"], unique=False)
    op.create_table(
        "act",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("intention", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_act_person")),
        sa.ForeignKeyConstraint(["undoes"], ["act.uid"], name=op.f("fk_act_undoes")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_act")),
        sa.UniqueConstraint("number", name=op.f("uq_act_number")),
    )
    op.create_index(op.f("ix_act_undoes"), "act", ["undoes"], unique=False)
    op.create_table(
        "configuration",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("setting", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_configuration_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_configuration")),
        sa.UniqueConstraint("number", name=op.f("uq_configuration_number")),
    )
    op.create_table(
        "context",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_context_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_context")),
        sa.UniqueConstraint("number", name=op.f("uq_context_number")),
    )
    op.create_index(op.f("ix_context_name"), "context", ["name"], unique=False)
    op.create_table(
        "mechanism",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_mechanism_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_mechanism")),
        sa.UniqueConstraint("number", name=op.f("uq_mechanism_number")),
    )
    op.create_index(op.f("ix_mechanism_name"), "mechanism", ["name"], unique=False)
    op.create_table(
        "memo",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("subject_table", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_memo_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_memo")),
    )
    op.create_index(op.f("ix_memo_subject"), "memo", ["subject"], unique=False)
    op.create_table(
        "objective",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_objective_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_objective")),
    )
    op.create_table(
        "outcome",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_outcome_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_outcome")),
        sa.UniqueConstraint("number", name=op.f("uq_outcome_number")),
    )
    op.create_index(op.f("ix_outcome_name"), "outcome", ["name"], unique=False)
    op.create_table(
        "process_change",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("planned", sa.Text(), nullable=False),
        sa.Column("instead", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_process_change_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_process_change")),
    )
    op.create_table(
        "stage",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_stage_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_stage")),
        sa.UniqueConstraint("name", name=op.f("uq_stage_name")),
    )
    op.create_table(
        "tag",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_tag_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_tag")),
        sa.UniqueConstraint("name", name=op.f("uq_tag_name")),
    )
    op.create_table(
        "change",
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["act"], ["act.uid"], name=op.f("fk_change_act")),
        sa.PrimaryKeyConstraint("act", "position", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_row"), "change", ["row"], unique=False)
    op.create_table(
        "configuration_mechanism",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("configuration", sa.Text(), nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["configuration"], ["configuration.uid"], name=op.f("fk_configuration_mechanism_configuration")
        ),
        sa.ForeignKeyConstraint(
            ["mechanism"], ["mechanism.uid"], name=op.f("fk_configuration_mechanism_mechanism")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_configuration_mechanism_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_configuration_mechanism")),
    )
    op.create_index(
        op.f("ix_configuration_mechanism_configuration_mechanism"),
        "configuration_mechanism",
        ["configuration", "mechanism"],
        unique=True,
    )
    op.create_index(
        op.f("ix_configuration_mechanism_mechanism"), "configuration_mechanism", ["mechanism"], unique=False
    )
    op.create_table(
        "configuration_relation",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_configuration", sa.Text(), nullable=False),
        sa.Column("to_configuration", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_configuration"],
            ["configuration.uid"],
            name=op.f("fk_configuration_relation_from_configuration"),
        ),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_configuration_relation_person")),
        sa.ForeignKeyConstraint(
            ["to_configuration"],
            ["configuration.uid"],
            name=op.f("fk_configuration_relation_to_configuration"),
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_configuration_relation")),
    )
    op.create_index(
        op.f("ix_configuration_relation_from_configuration"),
        "configuration_relation",
        ["from_configuration"],
        unique=False,
    )
    op.create_index(
        op.f("ix_configuration_relation_to_configuration"),
        "configuration_relation",
        ["to_configuration"],
        unique=False,
    )
    op.create_table(
        "consultation",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_consultation_person")),
        sa.ForeignKeyConstraint(["stage"], ["stage.uid"], name=op.f("fk_consultation_stage")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_consultation")),
        sa.UniqueConstraint("name", name=op.f("uq_consultation_name")),
    )
    op.create_table(
        "element",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("configuration", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valence", sa.Text(), nullable=True),
        sa.Column("activation", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("join_word", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["configuration"], ["configuration.uid"], name=op.f("fk_element_configuration")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_element_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_element")),
    )
    op.create_index(
        op.f("ix_element_configuration_position"), "element", ["configuration", "position"], unique=True
    )
    op.create_table(
        "mechanism_alias",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mechanism"], ["mechanism.uid"], name=op.f("fk_mechanism_alias_mechanism")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_mechanism_alias_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_mechanism_alias")),
    )
    op.create_index(op.f("ix_mechanism_alias_mechanism"), "mechanism_alias", ["mechanism"], unique=False)
    op.create_index(op.f("ix_mechanism_alias_name"), "mechanism_alias", ["name"], unique=False)
    op.create_table(
        "mechanism_list",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("dated", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_mechanism_list_person")),
        sa.ForeignKeyConstraint(["stage"], ["stage.uid"], name=op.f("fk_mechanism_list_stage")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_mechanism_list")),
        sa.UniqueConstraint("name", name=op.f("uq_mechanism_list_name")),
    )
    op.create_table(
        "mechanism_merge",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_mechanism", sa.Text(), nullable=False),
        sa.Column("into_mechanism", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_mechanism"], ["mechanism.uid"], name=op.f("fk_mechanism_merge_from_mechanism")
        ),
        sa.ForeignKeyConstraint(
            ["into_mechanism"], ["mechanism.uid"], name=op.f("fk_mechanism_merge_into_mechanism")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_mechanism_merge_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_mechanism_merge")),
    )
    op.create_index(
        op.f("ix_mechanism_merge_into_mechanism"), "mechanism_merge", ["into_mechanism"], unique=False
    )
    op.create_index(
        "uq_mechanism_merge_from_mechanism_into_mechanism_active",
        "mechanism_merge",
        ["from_mechanism", "into_mechanism"],
        unique=True,
        sqlite_where=sa.text("ended = ''"),
        postgresql_where=sa.text("ended = ''"),
    )
    op.create_table(
        "mechanism_version",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mechanism"], ["mechanism.uid"], name=op.f("fk_mechanism_version_mechanism")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_mechanism_version_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_mechanism_version")),
    )
    op.create_index(
        op.f("ix_mechanism_version_mechanism_number"),
        "mechanism_version",
        ["mechanism", "number"],
        unique=True,
    )
    op.create_table(
        "round",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_round_person")),
        sa.ForeignKeyConstraint(["stage"], ["stage.uid"], name=op.f("fk_round_stage")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_round")),
        sa.UniqueConstraint("name", name=op.f("uq_round_name")),
        sa.UniqueConstraint("number", name=op.f("uq_round_number")),
    )
    op.create_index(op.f("ix_round_stage"), "round", ["stage"], unique=False)
    op.create_table(
        "tagging",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("subject_table", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_tagging_person")),
        sa.ForeignKeyConstraint(["tag"], ["tag.uid"], name=op.f("fk_tagging_tag")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_tagging")),
    )
    op.create_index(op.f("ix_tagging_subject"), "tagging", ["subject"], unique=False)
    op.create_index(op.f("ix_tagging_tag"), "tagging", ["tag"], unique=False)
    op.create_table(
        "consultation_decision",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("consultation", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation"], ["consultation.uid"], name=op.f("fk_consultation_decision_consultation")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_consultation_decision_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_consultation_decision")),
    )
    op.create_index(
        op.f("ix_consultation_decision_consultation"), "consultation_decision", ["consultation"], unique=False
    )
    op.create_table(
        "element_link",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_element", sa.Text(), nullable=False),
        sa.Column("to_element", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["from_element"], ["element.uid"], name=op.f("fk_element_link_from_element")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_element_link_person")),
        sa.ForeignKeyConstraint(["to_element"], ["element.uid"], name=op.f("fk_element_link_to_element")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_element_link")),
    )
    op.create_index(op.f("ix_element_link_from_element"), "element_link", ["from_element"], unique=False)
    op.create_index(op.f("ix_element_link_to_element"), "element_link", ["to_element"], unique=False)
    op.create_table(
        "element_tag",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=True),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["context"], ["context.uid"], name=op.f("fk_element_tag_context")),
        sa.ForeignKeyConstraint(["element"], ["element.uid"], name=op.f("fk_element_tag_element")),
        sa.ForeignKeyConstraint(["mechanism"], ["mechanism.uid"], name=op.f("fk_element_tag_mechanism")),
        sa.ForeignKeyConstraint(["outcome"], ["outcome.uid"], name=op.f("fk_element_tag_outcome")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_element_tag_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_element_tag")),
    )
    op.create_index(op.f("ix_element_tag_context"), "element_tag", ["context"], unique=False)
    op.create_index(op.f("ix_element_tag_element"), "element_tag", ["element"], unique=False)
    op.create_index(op.f("ix_element_tag_mechanism"), "element_tag", ["mechanism"], unique=False)
    op.create_index(op.f("ix_element_tag_outcome"), "element_tag", ["outcome"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("consultation", sa.Text(), nullable=True),
        sa.Column("mechanism", sa.Text(), nullable=True),
        sa.Column("configuration", sa.Text(), nullable=True),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["configuration"], ["configuration.uid"], name=op.f("fk_feedback_configuration")
        ),
        sa.ForeignKeyConstraint(
            ["consultation"], ["consultation.uid"], name=op.f("fk_feedback_consultation")
        ),
        sa.ForeignKeyConstraint(["mechanism"], ["mechanism.uid"], name=op.f("fk_feedback_mechanism")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_feedback_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_configuration"), "feedback", ["configuration"], unique=False)
    op.create_index(op.f("ix_feedback_consultation"), "feedback", ["consultation"], unique=False)
    op.create_index(op.f("ix_feedback_mechanism"), "feedback", ["mechanism"], unique=False)
    op.create_table(
        "included_set",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_included_set_person")),
        sa.ForeignKeyConstraint(["round"], ["round.uid"], name=op.f("fk_included_set_round")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_included_set")),
        sa.UniqueConstraint("name", name=op.f("uq_included_set_name")),
    )
    op.create_table(
        "list_lineage",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("from_list", sa.Text(), nullable=False),
        sa.Column("into_list", sa.Text(), nullable=False),
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_list"], ["mechanism_list.uid"], name=op.f("fk_list_lineage_from_list")
        ),
        sa.ForeignKeyConstraint(
            ["into_list"], ["mechanism_list.uid"], name=op.f("fk_list_lineage_into_list")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_list_lineage_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_list_lineage")),
    )
    op.create_table(
        "mechanism_fate",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("consultation", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation"], ["consultation.uid"], name=op.f("fk_mechanism_fate_consultation")
        ),
        sa.ForeignKeyConstraint(["mechanism"], ["mechanism.uid"], name=op.f("fk_mechanism_fate_mechanism")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_mechanism_fate_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_mechanism_fate")),
    )
    op.create_index(op.f("ix_mechanism_fate_mechanism"), "mechanism_fate", ["mechanism"], unique=False)
    op.create_table(
        "mechanism_list_item",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("mechanism_list", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=True),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mechanism"], ["mechanism.uid"], name=op.f("fk_mechanism_list_item_mechanism")
        ),
        sa.ForeignKeyConstraint(
            ["mechanism_list"], ["mechanism_list.uid"], name=op.f("fk_mechanism_list_item_mechanism_list")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_mechanism_list_item_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_mechanism_list_item")),
    )
    op.create_index(
        op.f("ix_mechanism_list_item_mechanism"), "mechanism_list_item", ["mechanism"], unique=False
    )
    op.create_index(
        op.f("ix_mechanism_list_item_mechanism_list_position"),
        "mechanism_list_item",
        ["mechanism_list", "position"],
        unique=True,
    )
    op.create_table(
        "reason",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_reason_person")),
        sa.ForeignKeyConstraint(["round"], ["round.uid"], name=op.f("fk_reason_round")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_reason")),
    )
    op.create_index(op.f("ix_reason_round_number"), "reason", ["round", "number"], unique=True)
    op.create_table(
        "search",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("strategy", sa.Text(), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("run_on", sa.Text(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=True),
        sa.Column("led_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["led_by"], ["consultation.uid"], name=op.f("fk_search_led_by")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_search_person")),
        sa.ForeignKeyConstraint(["stage"], ["stage.uid"], name=op.f("fk_search_stage")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_search")),
        sa.UniqueConstraint("name", name=op.f("uq_search_name")),
        sa.UniqueConstraint("number", name=op.f("uq_search_number")),
    )
    op.create_index(op.f("ix_search_stage"), "search", ["stage"], unique=False)
    op.create_table(
        "import",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("beat", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_import_person")),
        sa.ForeignKeyConstraint(["search"], ["search.uid"], name=op.f("fk_import_search")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_import")),
    )
    op.create_index(op.f("ix_import_search"), "import", ["search"], unique=False)
    op.create_index(op.f("ix_import_sha256"), "import", ["sha256"], unique=False)
    op.create_table(
        "review",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("grid_list", sa.Text(), nullable=True),
        sa.Column("grid_set", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["grid_list"], ["mechanism_list.uid"], name=op.f("fk_review_grid_list")),
        sa.ForeignKeyConstraint(["grid_set"], ["included_set.uid"], name=op.f("fk_review_grid_set")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_review_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_review")),
    )
    op.create_table(
        "import_problem",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("import", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("record", sa.Integer(), nullable=True),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import"], ["import.uid"], name=op.f("fk_import_problem_import")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_import_problem_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_import_problem")),
    )
    op.create_index(op.f("ix_import_problem_import"), "import_problem", ["import"], unique=False)
    op.create_table(
        "paper",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("import", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("volume", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.Column("doi", sa.Text(), nullable=False),
        sa.Column("pmid", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("supplied_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import"], ["import.uid"], name=op.f("fk_paper_import")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_paper_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_paper")),
        sa.UniqueConstraint("number", name=op.f("uq_paper_number")),
    )
    op.create_index(op.f("ix_paper_doi"), "paper", ["doi"], unique=False)
    op.create_index(op.f("ix_paper_import"), "paper", ["import"], unique=False)
    op.create_index(op.f("ix_paper_label"), "paper", ["label"], unique=False)
    op.create_table(
        "configuration_paper",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("configuration", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["configuration"], ["configuration.uid"], name=op.f("fk_configuration_paper_configuration")
        ),
        sa.ForeignKeyConstraint(["paper"], ["paper.uid"], name=op.f("fk_configuration_paper_paper")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_configuration_paper_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_configuration_paper")),
    )
    op.create_index(
        op.f("ix_configuration_paper_configuration_paper"),
        "configuration_paper",
        ["configuration", "paper"],
        unique=True,
    )
    op.create_index(op.f("ix_configuration_paper_paper"), "configuration_paper", ["paper"], unique=False)
    op.create_table(
        "entry",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("door", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("supplied_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper"], ["paper.uid"], name=op.f("fk_entry_paper")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_entry_person")),
        sa.ForeignKeyConstraint(["round"], ["round.uid"], name=op.f("fk_entry_round")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_paper"), "entry", ["paper"], unique=False)
    op.create_index(op.f("ix_entry_round_paper"), "entry", ["round", "paper"], unique=True)
    op.create_table(
        "excerpt",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("quotation", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper"], ["paper.uid"], name=op.f("fk_excerpt_paper")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_excerpt_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_excerpt")),
    )
    op.create_index(op.f("ix_excerpt_paper"), "excerpt", ["paper"], unique=False)
    op.create_table(
        "field_override",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper"], ["paper.uid"], name=op.f("fk_field_override_paper")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_field_override_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_field_override")),
    )
    op.create_index(op.f("ix_field_override_paper"), "field_override", ["paper"], unique=False)
    op.create_table(
        "listed_paper",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("included_set", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["included_set"], ["included_set.uid"], name=op.f("fk_listed_paper_included_set")
        ),
        sa.ForeignKeyConstraint(["paper"], ["paper.uid"], name=op.f("fk_listed_paper_paper")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_listed_paper_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_listed_paper")),
    )
    op.create_index(
        op.f("ix_listed_paper_included_set_paper"), "listed_paper", ["included_set", "paper"], unique=True
    )
    op.create_index(op.f("ix_listed_paper_paper"), "listed_paper", ["paper"], unique=False)
    op.create_table(
        "paper_join",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("from_paper", sa.Text(), nullable=False),
        sa.Column("into_paper", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["from_paper"], ["paper.uid"], name=op.f("fk_paper_join_from_paper")),
        sa.ForeignKeyConstraint(["into_paper"], ["paper.uid"], name=op.f("fk_paper_join_into_paper")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_paper_join_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_paper_join")),
    )
    op.create_index(op.f("ix_paper_join_into_paper"), "paper_join", ["into_paper"], unique=False)
    op.create_index(
        "uq_paper_join_from_paper_active",
        "paper_join",
        ["from_paper"],
        unique=True,
        sqlite_where=sa.text("ended = ''"),
        postgresql_where=sa.text("ended = ''"),
    )
    op.create_table(
        "paper_text",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_paper_text_person")),
        sa.ForeignKeyConstraint(["uid"], ["paper.uid"], name=op.f("fk_paper_text_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_paper_text")),
    )
    op.create_table(
        "reading",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mechanism"], ["mechanism.uid"], name=op.f("fk_reading_mechanism")),
        sa.ForeignKeyConstraint(["paper"], ["paper.uid"], name=op.f("fk_reading_paper")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_reading_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_reading")),
    )
    op.create_index(op.f("ix_reading_mechanism"), "reading", ["mechanism"], unique=False)
    op.create_index(op.f("ix_reading_paper_mechanism"), "reading", ["paper", "mechanism"], unique=False)
    op.create_table(
        "record",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("import", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("volume", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.Column("doi", sa.Text(), nullable=False),
        sa.Column("pmid", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import"], ["import.uid"], name=op.f("fk_record_import")),
        sa.ForeignKeyConstraint(["paper"], ["paper.uid"], name=op.f("fk_record_paper")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_record_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_record")),
    )
    op.create_index(op.f("ix_record_import_position"), "record", ["import", "position"], unique=True)
    op.create_index(op.f("ix_record_paper"), "record", ["paper"], unique=False)
    op.create_table(
        "reported_count",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("mechanism", sa.Text(), nullable=True),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mechanism"], ["mechanism.uid"], name=op.f("fk_reported_count_mechanism")),
        sa.ForeignKeyConstraint(["paper"], ["paper.uid"], name=op.f("fk_reported_count_paper")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_reported_count_person")),
        sa.ForeignKeyConstraint(["stage"], ["stage.uid"], name=op.f("fk_reported_count_stage")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_reported_count")),
    )
    op.create_index(op.f("ix_reported_count_mechanism"), "reported_count", ["mechanism"], unique=False)
    op.create_index(op.f("ix_reported_count_paper"), "reported_count", ["paper"], unique=False)
    op.create_index(op.f("ix_reported_count_stage"), "reported_count", ["stage"], unique=False)
    op.create_table(
        "decision",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("use", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["entry"], ["entry.uid"], name=op.f("fk_decision_entry")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_decision_person")),
        sa.ForeignKeyConstraint(["reason"], ["reason.uid"], name=op.f("fk_decision_reason")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_entry_person_at"), "decision", ["entry", "person", "at"], unique=False)
    op.create_table(
        "element_source",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["element"], ["element.uid"], name=op.f("fk_element_source_element")),
        sa.ForeignKeyConstraint(["excerpt"], ["excerpt.uid"], name=op.f("fk_element_source_excerpt")),
        sa.ForeignKeyConstraint(["feedback"], ["feedback.uid"], name=op.f("fk_element_source_feedback")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_element_source_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_element_source")),
    )
    op.create_index(op.f("ix_element_source_element"), "element_source", ["element"], unique=False)
    op.create_index(op.f("ix_element_source_excerpt"), "element_source", ["excerpt"], unique=False)
    op.create_index(op.f("ix_element_source_feedback"), "element_source", ["feedback"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("mechanism", sa.Text(), nullable=True),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("configuration", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["configuration"], ["configuration.uid"], name=op.f("fk_evidence_configuration")
        ),
        sa.ForeignKeyConstraint(["context"], ["context.uid"], name=op.f("fk_evidence_context")),
        sa.ForeignKeyConstraint(["excerpt"], ["excerpt.uid"], name=op.f("fk_evidence_excerpt")),
        sa.ForeignKeyConstraint(["mechanism"], ["mechanism.uid"], name=op.f("fk_evidence_mechanism")),
        sa.ForeignKeyConstraint(["outcome"], ["outcome.uid"], name=op.f("fk_evidence_outcome")),
        sa.ForeignKeyConstraint(["paper"], ["paper.uid"], name=op.f("fk_evidence_paper")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_evidence_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_configuration"), "evidence", ["configuration"], unique=False)
    op.create_index(op.f("ix_evidence_context"), "evidence", ["context"], unique=False)
    op.create_index(op.f("ix_evidence_excerpt"), "evidence", ["excerpt"], unique=False)
    op.create_index(op.f("ix_evidence_mechanism"), "evidence", ["mechanism"], unique=False)
    op.create_index(op.f("ix_evidence_outcome"), "evidence", ["outcome"], unique=False)
    op.create_index(op.f("ix_evidence_paper"), "evidence", ["paper"], unique=False)
    op.create_table(
        "record_raw",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_record_raw_person")),
        sa.ForeignKeyConstraint(["uid"], ["record.uid"], name=op.f("fk_record_raw_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_record_raw")),
    )
    op.create_table(
        "record_text",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_record_text_person")),
        sa.ForeignKeyConstraint(["uid"], ["record.uid"], name=op.f("fk_record_text_uid")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_record_text")),
    )
