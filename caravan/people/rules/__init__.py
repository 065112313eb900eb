from caravan.people.rules.addresses import Field, PostalAddress, fields_for, lines_of

__all__ = ["Field", "PostalAddress", "fields_for", "lines_of"]
