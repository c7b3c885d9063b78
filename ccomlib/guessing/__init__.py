"""先猜再看：学员猜了什么、讲解什么时候打开、猜的与实际差多少？"""

from __future__ import annotations

from ccomlib.guessing.asking import guess
from ccomlib.guessing.records import Guess, Guesses, guesses
from ccomlib.guessing.revealing import reading

__all__ = ["Guess", "Guesses", "guess", "guesses", "reading"]
