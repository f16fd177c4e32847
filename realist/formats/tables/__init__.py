"""Tables: CSV, tab-delimited text, Web of Science, XLSX."""
