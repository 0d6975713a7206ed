"""``python -m communique.cli``, the same as ``communique``."""

from communique.cli.app import main

main()
