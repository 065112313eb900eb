"""What a cart costs, and why: the one pricing function. List prices today; the store's tools join here."""
