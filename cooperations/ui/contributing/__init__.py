"""The page « Contribuer »: a short form in steps, its draft, its receipt, and following what was sent."""
