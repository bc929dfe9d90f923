"""The clock component: a promise as shape, words and colour."""
