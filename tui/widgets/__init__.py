"""Widgets: the few that every screen is made of."""
