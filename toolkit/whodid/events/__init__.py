"""The event table: its schema, what is derived from it, and its files."""
