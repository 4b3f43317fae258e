"""What machines tell us: inbound texts, delivery receipts, notices of banks and carriers. The adapter is in the address."""
