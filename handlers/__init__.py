"""What service tasks do, one file per topic."""
