"""Lists that people send → rows that are right, rows that are refused and why, and a plan of what would change."""
