"""Where the rooms are put together: settings, addresses, wiring, the command line, the demo world."""
