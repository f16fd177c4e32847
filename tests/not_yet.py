"""Tables that no service writes yet; each leaves this set with the service that does."""

NOT_YET = {
    "regularity", "regularity_case",
}  # fmt: skip
