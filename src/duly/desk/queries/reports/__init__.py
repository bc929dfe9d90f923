"""What was promised and how it was kept, over many tickets: sums that each reader may open ticket by ticket."""
