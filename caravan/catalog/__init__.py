"""What is for sale: categories, products and their versions, variants, pictures, translations, stock, price history."""
