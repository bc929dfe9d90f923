"""Looking an installation over."""
