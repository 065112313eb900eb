"""Double entry: who is owed what, by which movement, and why. It knows causes and owners, not orders."""
