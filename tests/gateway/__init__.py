"""The practice gateway, over real HTTPS on loopback with a real database file."""
