"""The page « Modération »: the queue, one proposal and what is decided about it, what is to be checked again."""
