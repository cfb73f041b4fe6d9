"""The parts of the page « Rapport »."""
