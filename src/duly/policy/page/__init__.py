"""The published plan page: one model of what a policy promises, rendered as text, Markdown or HTML."""
