"""The little language of `carts.md` and of `docs/pricing.md`: carts, offers, buyers and prices in a merchant's words.

Each phrase is one pattern; what no pattern knows is an error, so that a row cannot pass for not being understood.
"""
