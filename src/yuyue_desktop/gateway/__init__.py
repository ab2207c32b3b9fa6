"""The client side of the customs gateway, with its own door to requests and truststore; knows no store and no card."""
