"""What leaves the program: query results to files."""
