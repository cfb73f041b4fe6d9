"""The kill test: what receives proposals is killed, again and again, and nothing that was answered may be missing."""
