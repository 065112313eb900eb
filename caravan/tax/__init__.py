"""Tax and duty: dated tables with their sources, and what a consignment costs where it lands. Knows no orders."""
