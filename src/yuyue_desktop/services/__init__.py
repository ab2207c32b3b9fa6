"""The clerk's use cases, a file each; they reach the outside world through domain.ports alone."""
