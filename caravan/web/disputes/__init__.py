"""Disputes on pages: the buyer's, the store's and the operator's view of the same file."""
