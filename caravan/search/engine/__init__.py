"""The search engine: an embedded Tantivy index, written by one process and read by any number."""
