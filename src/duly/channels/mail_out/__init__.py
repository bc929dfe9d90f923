"""Mail out: composing a message, handing it to an SMTP server or a folder, saying plainly when that fails."""
