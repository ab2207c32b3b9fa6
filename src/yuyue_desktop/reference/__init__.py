"""Code tables and the offline search in them (B6); knows neither store nor screen."""
