"""Stores and who may act for them."""
