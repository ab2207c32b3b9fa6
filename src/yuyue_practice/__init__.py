"""The customs side to practise with: gateway, officer and register on the clerk's own machine (B10)."""
