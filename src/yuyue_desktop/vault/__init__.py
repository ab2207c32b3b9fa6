"""Where the store's key is kept between runs: the system's key store, a password, a recovery code (decision 011)."""
