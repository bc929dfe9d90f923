"""Transport: how words leave and reach the desk. Knows nothing of tickets."""
