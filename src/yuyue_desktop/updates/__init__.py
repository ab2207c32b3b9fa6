"""The way to a newer version: a signed notice at an address that the office sets; installs nothing by itself."""
