"""Cart, checkout, orders, payment, delivery, and the exchange rates they are priced with."""
