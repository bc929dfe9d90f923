"""From the text of a YAML or JSON file to plain data that knows where each value was written."""
