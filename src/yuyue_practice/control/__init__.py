"""What a practising person does to the practice world: clock, cards, register, officer; behind its own token."""
