"""What buyers look for: structures as lists describe them, who is near, and who could answer together."""
