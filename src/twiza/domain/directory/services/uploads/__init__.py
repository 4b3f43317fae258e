"""A register from somebody's computer into the directory, step by step, with a person who decides between them."""
