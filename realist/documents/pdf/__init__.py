"""PDF to pages of plain text: what stands where, put in the order in which it is read."""
