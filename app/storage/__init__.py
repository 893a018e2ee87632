"""Projects and recordings on disk: nothing half-written, nothing overwritten, nothing lost."""
