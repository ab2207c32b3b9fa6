"""What goes out to the gateway and comes in from it behind the clerk's back; knows neither screen nor transport."""
