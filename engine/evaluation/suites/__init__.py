"""One file per suite of ``inlay evaluate``."""
