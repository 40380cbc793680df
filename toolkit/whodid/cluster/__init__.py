"""More than one machine: work on a Dask cluster, and files at addresses. The optional extra `cluster`."""
