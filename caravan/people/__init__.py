"""Who there is: accounts and sign-in, buyers with or without an account, addresses, API tokens."""
