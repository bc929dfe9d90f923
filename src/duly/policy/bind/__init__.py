"""From a document and a subscription to terms: every name resolved, every holiday a date."""
