"""Entry point of `python -m cooperations`."""

import sys

from cooperations.cli import main

sys.exit(main())
