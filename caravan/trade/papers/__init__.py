"""What is printed of an order: invoice, credit note and packing slip, as PDF. Knows how paper looks, decides nothing."""
