"""The application form (S10-S20): built from the field catalogue, shows a FormState, tells what the clerk enters."""
