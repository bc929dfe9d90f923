"""Starting the processes of an installation, keeping them up, ending every one of them."""
