"""What services need of the outside world, as Protocols; each spoke implements one of them and knows no other."""

from __future__ import annotations

from yuyue_desktop.domain.ports.card import CardPort, FailedPins, ReaderService
from yuyue_desktop.domain.ports.clock import Clock
from yuyue_desktop.domain.ports.codec import Codec
from yuyue_desktop.domain.ports.documents import PdfPort, PdfView, PdfViewer
from yuyue_desktop.domain.ports.events import Publish
from yuyue_desktop.domain.ports.gateway import GatewayPort, ReceiptPage, SessionGrant
from yuyue_desktop.domain.ports.keys import KeyVault
from yuyue_desktop.domain.ports.releases import Releases
from yuyue_desktop.domain.ports.store import StoreReader, StoreWriter
from yuyue_desktop.domain.ports.sync_store import SyncStore

__all__ = [
    "CardPort",
    "Clock",
    "Codec",
    "FailedPins",
    "GatewayPort",
    "KeyVault",
    "PdfPort",
    "PdfView",
    "PdfViewer",
    "Publish",
    "ReaderService",
    "ReceiptPage",
    "Releases",
    "SessionGrant",
    "StoreReader",
    "StoreWriter",
    "SyncStore",
]
