"""Patterns among boxes: boxes that are alike, pairs that recur, chains of outcomes that become contexts."""
