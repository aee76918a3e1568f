"""Events: what they are about, what catches and what throws them."""
