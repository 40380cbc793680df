"""The checks of a dataset as SQL over Parquet, for tables larger than memory."""
