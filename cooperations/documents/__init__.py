"""What is printed and handed over: texts set in French, plans as vectors, PDF that everybody can read."""

REFUSED = 3
"""How the typesetting ends when the compiler refuses a document."""
