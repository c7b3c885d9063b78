"""Who grades many submissions?  Worker processes here, or a cluster's."""
