"""The centre: what an application is and which rules hold; standard library only, no clock, no I/O, no Qt."""
