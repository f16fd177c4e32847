"""Screens: one module each; they do not know each other and reach the review through the gateway only."""
