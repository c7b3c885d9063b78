"""How does a submission get its points?  Drives the two processes; believes neither."""
