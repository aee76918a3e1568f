"""Build specs from a normalised drawing.

SpiffWorkflow's own parser follows flows recursively and refuses much of what the standard allows; here every node is
read on its own, then the flows connect them.
"""
