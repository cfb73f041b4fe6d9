"""The page that says who one is here, and where administrators give and take rights."""
