"""The one door from the screens to the core: one module per area, plain functions of the open review."""
