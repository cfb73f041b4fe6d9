"""The page that brings a list in: choose, look, keep."""
