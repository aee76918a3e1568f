"""SpiffWorkflow's parsers and corrected task specs, one element a file."""
