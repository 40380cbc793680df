"""`python -m whodid`: the command line, where the environment's scripts are not on the path."""

from whodid.cli.app import main

main()
