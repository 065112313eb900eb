"""Caravan: an open, self-hosted cross-border marketplace whose point is information."""

__version__ = "0.1.0"
