"""Dataset validation: shape, codebook membership, articles, and the set as a whole."""
