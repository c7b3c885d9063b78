"""Grades nbgrader assignments: fast, contained, and impossible to fool from inside a submission."""
