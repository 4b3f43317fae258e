"""How rooms hear of one another: publish, subscribe, and jobs that commit with the change.

Owns: nothing but the registry of handlers; jobs are rows of the job queue.
Emits: nothing.
May know: the kit.
"""
