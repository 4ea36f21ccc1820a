"""Lets ``python -m promote_tui`` do what the ``promote`` command does."""

import sys

from promote_tui.cli import main

sys.exit(main())
