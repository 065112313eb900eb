"""What `caravan export` takes out, a module each."""
