"""Signed in: a cooperative's six big actions, an operator's queues."""
