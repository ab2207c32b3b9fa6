"""What 随附单据编辑 says of files on their way (S19); knows no widget."""

from __future__ import annotations

from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.rules import shown
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.ui.forms.file_words import file_words
from yuyue_desktop.ui.presenters.staging import MOST_STAGED, Staged, Staging
from yuyue_desktop.ui.upload.upload_row import Stage, UploadLine

_KB = 1024


def limit_words(limits: AttachmentLimits, most: int) -> str:
    """The limits, as the manual has them."""
    return (
        f"最多可上传{most}个PDF文件，每个不超过 {limits.file_bytes // _KB // _KB} MB，"
        f"每页不超过 {limits.page_bytes // _KB} KB。也可以拖进来，或复制后按 Ctrl+V。"
    )


def lines(staging: Staging, limits: AttachmentLimits) -> tuple[UploadLine, ...]:
    """A line for each file."""
    return tuple(_line(file, limits) for file in staging.files)


def note(staging: Staging, *, is_save_wanted: bool = False) -> str:
    """What is to be said of all of them together."""
    settled = sum(file.is_settled for file in staging.files)
    if staging.is_busy:
        after = "，查完就保存" if is_save_wanted else ""
        return f"正在检查 {settled + 1} / {len(staging.files)}{after}"
    refused = sum(file.error is not None for file in staging.files)
    parts = [f"{len(staging.attachments)} 个可以保存"] if staging.attachments and refused else []
    parts += [f"{refused} 个没有收进来，原因见上"] if refused else []
    parts += [f"另有 {staging.passed_over} 个没有看：一次最多看 {MOST_STAGED} 个"] if staging.passed_over else []
    return "；".join(parts)


def _line(file: Staged, limits: AttachmentLimits) -> UploadLine:
    name = shown(file.path.name)
    if file.attachment is not None:
        said = file_words(file.attachment, limits)
        stage = Stage.TOO_LARGE if said.problem else Stage.TAKEN
        return UploadLine(file.key, name, said.detail, stage, file.attachment.pages, limits.page_bytes)
    if file.error is not None:
        said_error = error_words(file.error)
        title = said_error.title.removeprefix(name).removeprefix(" 的").strip()  # the name stands above
        return UploadLine(file.key, name, f"{title}。{said_error.advice}", Stage.REFUSED)
    if file.taking is not None:
        return UploadLine(file.key, name, "正在读取并检查…", Stage.BUSY)
    return UploadLine(file.key, name, "等待检查", Stage.WAITING)
