"""Forms: what is asked before something is written."""
