"""How does a cell run without a kernel, and what does it put out?  The same in every process."""
