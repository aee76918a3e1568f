"""SpiffWorkflow's workflow, codec, clock and events, held behind one typed module."""
