"""What happens without anybody asking: the watch over due instants, the relay of words, the periodic list."""
