"""Mail out: composing a message, handing it to a server, a provider or a folder, saying plainly when that fails."""
