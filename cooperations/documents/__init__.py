"""What is printed and handed over: texts set in French, plans as vectors, PDF that everybody can read."""
