"""How we go out: one file per outside party. Knows its port and the kit, nothing else."""
