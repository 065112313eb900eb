"""What is searched for and what is found, as pure values; how shoppers write words and numbers."""
