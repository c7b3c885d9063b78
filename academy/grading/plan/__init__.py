"""What do the tests of a master need?  The dry run of its own solution, and advice."""
