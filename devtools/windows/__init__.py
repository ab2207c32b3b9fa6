"""Build and try the Windows program on Linux: a checked Python for Windows, Wine, PyInstaller; one duty a module."""
