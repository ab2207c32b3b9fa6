"""The practice e-port card: a stand-in for the e-port client control that speaks its websocket protocol (B15)."""
