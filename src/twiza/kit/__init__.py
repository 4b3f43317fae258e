"""Small words that Python lacks.

Entry rule: pure, under 150 lines, used by three rooms. Knows nothing of ours.
"""
