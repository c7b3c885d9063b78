"""How well does an examination measure?  Simulated from its blueprint, or told from real results."""
