"""Reports: sums over many tickets, each figure a way to its tickets."""
