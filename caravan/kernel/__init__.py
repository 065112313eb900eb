"""The words every room shares: money, ids, time, errors, events, markets. Plain Python, no Django."""
