"""Examinations: roster, release, collecting, grading, results against the pass mark."""
