"""Service: the same reading and the same pages over HTTP, for an office that drops a file and for a system that calls."""
