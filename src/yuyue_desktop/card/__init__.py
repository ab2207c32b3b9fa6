"""The card: a client in the window's process and, behind it, the process that alone loads the card's driver."""
