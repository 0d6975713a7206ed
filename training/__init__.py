"""How the reader is trained, measured and exported; not part of the installed package."""
