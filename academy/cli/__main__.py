"""`python -m academy.cli VERB`, where `ccom` is not on the path."""

import sys

from academy.cli import main

sys.exit(main())
