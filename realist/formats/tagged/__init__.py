"""Formats whose records are lines of tag and value, read by one engine."""
