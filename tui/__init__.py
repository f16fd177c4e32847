"""The terminal interface: screens over the core, reached through one gateway."""
