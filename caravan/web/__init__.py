"""Pages, by journey. A view parses, calls one action or a few queries, renders."""
