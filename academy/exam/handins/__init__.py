"""Hand-ins: every arrival kept, whose it is, which one counts."""
