"""`python -m garant` is `garant`."""

from garant.cli.app import main

main()
