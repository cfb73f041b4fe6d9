"""What the pages for buyers are made of."""
