"""Each system call of a save and of a send fails in its turn: nothing is lost, nothing is sent twice (B2)."""
