"""What customs knows beforehand: companies, cards, accounts, ports, declarations."""
