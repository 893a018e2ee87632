"""Work for the engine: what is asked, in which order, and where results go."""
