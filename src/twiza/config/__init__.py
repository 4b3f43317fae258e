"""The only place that names everything: settings, addresses, and how the server starts."""
