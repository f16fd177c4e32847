"""What stands beside a paper: tables of papers and searches, checklists, a paragraph on methods."""
