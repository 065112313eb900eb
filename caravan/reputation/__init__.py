"""Feedback and what follows from it: product ratings, store credit, detailed ratings."""
