"""Tables that no service writes yet; each leaves this set with the service that does."""

NOT_YET = {
    "bearing", "consultation_act", "consultation_item", "context_alias", "context_fate", "context_merge",
    "context_version", "milestone", "outcome_alias", "outcome_fate", "outcome_merge",
    "outcome_version", "placement", "regularity", "regularity_case", "theory", "theory_part",
    "theory_statement", "theory_version",
}  # fmt: skip
