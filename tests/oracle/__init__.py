"""A slow second opinion: the contract's rules written down again without core's arithmetic."""
