"""Django's PostgreSQL backend, which looks at a kept connection before asking it. Named by the setting ENGINE."""
