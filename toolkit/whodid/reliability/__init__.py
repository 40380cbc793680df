"""Agreement of codings: between coders, and with a gold standard."""
