"""What ties the floors together: settings from the environment, the root of the URLs, the WSGI entry."""
