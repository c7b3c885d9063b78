"""Does every exercise and every part of a paper do what it promises?  Runs the masters."""

from academy.proof.lessons import prove_lesson
from academy.proof.outcome import Proof
from academy.proof.papers import prove_paper, prove_seat

__all__ = ["Proof", "prove_lesson", "prove_paper", "prove_seat"]
