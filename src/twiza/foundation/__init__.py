"""What every room of the business stands on. Knows the kit."""
