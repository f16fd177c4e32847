"""The three themes. Every meaning that has a colour here has a sign on the screen as well."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="realist-dark",
    primary="#7aa2d6", secondary="#b9a4d9", accent="#e3b56b", foreground="#dfe3e8", background="#14181d",
    surface="#1a1f26", panel="#242b34", success="#8fc08a", warning="#e0b15c", error="#e08a83", dark=True,
    variables={
        "block-cursor-background": "#31527a", "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold", "text-muted": "#9aa5b1",
    },
)  # fmt: skip
LIGHT = Theme(
    name="realist-light",
    primary="#1f5a96", secondary="#6b4e9b", accent="#8a5a00", foreground="#1c2126", background="#f4f2ed",
    surface="#fbfaf7", panel="#e6e3da", success="#2b6b2f", warning="#7a5200", error="#a3281f", dark=False,
    variables={
        "block-cursor-background": "#1f5a96", "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold", "text-muted": "#57606a", "text-success": "#2b6b2f",
        "text-warning": "#7a5200", "text-error": "#a3281f", "text-accent": "#8a5a00",
        "text-primary": "#1f5a96", "text-secondary": "#6b4e9b", "primary-muted": "#cfdeee",
    },
)  # fmt: skip
CONTRAST = Theme(
    name="high-contrast",
    primary="#ffff00", secondary="#00ffff", accent="#00ffff", foreground="#ffffff", background="#000000",
    surface="#000000", panel="#000000", success="#00ff00", warning="#ffff00", error="#ff8080", dark=True,
    variables={
        "block-cursor-background": "#ffffff", "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold", "text-muted": "#e0e0e0", "border": "#ffffff",
        "text-success": "#00ff00", "text-warning": "#ffff00", "text-error": "#ff8080",
        "text-accent": "#00ffff", "text-primary": "#ffff00", "text-secondary": "#00ffff",
        "primary-muted": "#404040",
    },
)  # fmt: skip
THEMES = (DARK, LIGHT, CONTRAST)
