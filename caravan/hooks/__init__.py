"""Webhooks to sellers' own systems: what happened to a store's orders, told by signed requests that are retried and logged."""
