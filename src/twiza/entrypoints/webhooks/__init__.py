"""What machines tell us: inbound texts, delivery receipts, a bank's notices. The code of the adapter is in the address."""
