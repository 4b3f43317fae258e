"""What machines tell us: inbound texts, delivery receipts. The code of the adapter is in the address."""
