"""Activities, one a file."""
