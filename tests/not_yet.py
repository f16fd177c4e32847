"""Tables that no service writes yet; each leaves this set with the service that does."""

NOT_YET = {
    "bearing", "regularity", "regularity_case", "theory", "theory_part", "theory_statement", "theory_version",
}  # fmt: skip
