"""What does nobody think of?  Hostile bytes, notebooks and folders, made at random and kept where they broke something.

``make test`` tries the same few each time; ``make fuzz SECONDS=600`` goes on with new ones until the
time is over (`tools/fuzz.py`). What once broke something lies in ``corpus/`` and is tried each time.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

__all__ = ["few"]

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


def few(examples: int) -> settings:
    """So many examples in ``make test``, and more in each round of ``make fuzz``."""
    times = int(os.environ.get("CCOM_FUZZ", "1"))
    return settings(max_examples=examples * times, suppress_health_check=SLOW)
