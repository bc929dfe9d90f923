"""The policy document: typed models of section 4 of the contract, exactly what a file may say."""
