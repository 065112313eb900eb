"""What the demo world is made of: texts and figures in TOML beside this file, read once into typed rows."""
