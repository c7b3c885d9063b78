"""Seats: secret codes, the papers as handed out, and what is graded from them."""
