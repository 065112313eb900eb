"""Simulated shoppers who use the running site as anybody does: they read its pages, follow its links and fill in its forms."""
