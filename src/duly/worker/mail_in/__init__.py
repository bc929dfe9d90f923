"""Mail on its way in: fetched or received, kept, read in a limited process, sorted."""
