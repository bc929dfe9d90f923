"""PostgreSQL as a part of the product: finding its programs, making and running a cluster of our own."""
