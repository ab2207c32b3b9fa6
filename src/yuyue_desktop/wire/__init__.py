"""Messages to and from the gateway and the envelope that signs and seals them; knows no socket."""
