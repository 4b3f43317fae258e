"""Reading a register into the directory."""
