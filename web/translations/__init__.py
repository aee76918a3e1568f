"""The sentences of the pages in other languages than Vietnamese."""
