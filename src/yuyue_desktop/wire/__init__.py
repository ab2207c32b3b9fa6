"""Messages and domain objects into each other, the signed envelope and the seal; opens no sockets and no files."""
