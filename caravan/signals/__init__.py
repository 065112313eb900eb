"""What people looked at: views, searches, clicks, cart touches. Append-only, cheap to record, exact enough to count."""
