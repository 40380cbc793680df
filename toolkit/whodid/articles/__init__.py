"""Articles: what they are, and a reader for each format in which they come."""
