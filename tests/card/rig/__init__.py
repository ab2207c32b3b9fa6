"""A private reader service with virtual readers and emulated cards: what hands, drivers and bad days do to a card."""
