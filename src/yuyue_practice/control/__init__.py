"""What a practising person does to the practice world itself: clock, cards, register, officer; behind a token of its own."""
