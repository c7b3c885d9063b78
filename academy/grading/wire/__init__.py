"""How do the processes talk?  Frames, values as plain data, files, charts: what crosses a socket."""
