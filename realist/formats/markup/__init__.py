"""EndNote XML and CSL-JSON."""
