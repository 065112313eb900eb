"""What it takes to bring a parcel to its buyer: zones, services, tables, what is free, how long it took. Knows no orders."""
