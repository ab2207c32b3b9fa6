"""The client side of the customs gateway, the only importer of requests and truststore; knows no store and no card."""
