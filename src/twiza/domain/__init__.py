"""The business, in rooms. Knows neither HTTP nor any provider."""
