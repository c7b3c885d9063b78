"""What is graded, and what comes of it?  Plain frozen data; nothing here runs anything."""
