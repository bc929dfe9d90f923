"""Pages for everybody: the way in, the colours, what cannot be found."""
