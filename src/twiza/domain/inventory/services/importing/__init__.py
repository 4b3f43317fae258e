"""A list of products, as somebody keeps it, becomes what one or several cooperatives sell."""
