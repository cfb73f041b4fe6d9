"""What the pages are made of. Only this package owns session state, caches and widgets."""
