"""The public: directory, products, basket, checkout, the buyer's page, signing in."""
