"""Pure values and rules of a realist review: no input or output, no database."""
