"""The codebook: load it, check it, look things up in it, render it. Data and rules only; nothing here knows a parser."""
