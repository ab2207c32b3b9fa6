"""A window with nothing in it: what the product's start and size are measured against; never part of the product."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget


def main() -> int:
    """Show the window until it is closed."""
    application = QApplication(sys.argv)
    window = QWidget()
    window.resize(1366, 768)
    QVBoxLayout(window).addWidget(QLabel("预约通关"))
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
