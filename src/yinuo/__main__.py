"""`python -m yinuo`."""

import sys

from yinuo.cli import main

sys.exit(main())
