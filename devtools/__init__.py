"""What dev.py does, one duty a module; standard library only, because it runs before anything is installed."""
