"""The `duly` command and the supervisor behind `duly up`."""
