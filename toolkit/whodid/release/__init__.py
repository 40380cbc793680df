"""Releases: build one that another lab can load, verify and cite; verify it; say what differs between two."""
