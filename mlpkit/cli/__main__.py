"""`python -m mlpkit.cli` is the command `mlpkit`."""

import sys

from mlpkit.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
