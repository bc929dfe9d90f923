"""Cases, the tests of a policy: tickets with a history, and what is expected of them."""
