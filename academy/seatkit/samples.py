"""How does a small sample have exactly the mean and spread that were planted?"""

from __future__ import annotations

import numpy as np

__all__ = ["exact", "signs"]

CLIP = 1.8


def exact(
    rng: np.random.Generator, count: int, mean: float = 0.0, spread: float = 1.0
) -> np.ndarray:
    """A sample with exactly this mean and standard deviation (n − 1), without outliers.

    Parameters
    ----------
    count : at least 3.
    """
    z = rng.normal(size=count).clip(-CLIP, CLIP)
    z = (z - z.mean()) / z.std(ddof=1)
    return mean + spread * z


def signs(rng: np.random.Generator, count: int) -> np.ndarray:
    """As many +1 as −1, one more of either for an odd count, in random order."""
    return rng.permutation([1, -1] * ((count + 1) // 2))[:count]
