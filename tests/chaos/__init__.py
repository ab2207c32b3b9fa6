"""Fault hunting on the real parts (issue: nothing lost, nothing sent twice); `dev.py chaos` runs it at length."""
