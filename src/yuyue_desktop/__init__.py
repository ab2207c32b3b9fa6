"""The desktop program for 预约通关 applications; this package only marks the root and its version."""

__version__ = "0.1.0"
