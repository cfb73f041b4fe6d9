"""The parts of the page « Agenda »."""
