"""The e-port card through the official client control on this machine (B15); lives in the card process."""
