"""Mail in: bytes from strangers become plain values, whatever the bytes are."""
