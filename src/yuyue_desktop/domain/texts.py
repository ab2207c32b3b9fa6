"""The Chinese words for every code: what happened, and what to do; window, command line and gateway all take them here.

The manual's own sentences stand word for word. Placeholders are the code's params. Kept in the centre because the
command line and the practice gateway say the same sentences as the window (docs/decisions/002-one-home-for-words.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yuyue_desktop.domain.application import Step
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Words:
    """`title`: what happened, without full stop. `advice`: what to do, may be empty where the title says it."""

    title: str
    advice: str

    def __str__(self) -> str:
        return f"{self.title}。{self.advice}" if self.advice else self.title


class _Unfilled(dict[str, str | int]):
    """A missing parameter shows as an ellipsis: a message with a gap serves the clerk better than none."""

    def __missing__(self, key: str) -> str:
        return "…"


CERTIFICATE_FLAWS = {
    "malformed": "内容不合规范",
    "not_yet_valid": "还没有生效",
    "expired": "已经过期",
    "usage": "不是用来签名的",
    "issuer_unknown": "不是网关认可的机构签发的",
    "signature": "签发机构的签名验不过",
    "weak": "算法太旧",
}
"""What a certificate check names as `reason` of CERTIFICATE_INVALID, in the clerk's words."""


CONTROL_RESTART = "可按 Win+R 运行 singlewindow://Restart 重启控件"
"""How the e-port client control is begun anew: an address that its installer gives to Windows (eport-card)."""

STEP_REFUSALS: dict[str, tuple[str, str]] = {
    Step.SAVE: ("不能修改", "只有“暂存”的可以修改；“退单”的可以复制为新草稿"),
    Step.DELETE: ("不能删除", "只有“暂存”的可以删除"),
    Step.DECLARE: ("不能申报", "只有“暂存”的可以申报；“退单”的可以复制为新草稿"),
    Step.CANCEL: ("不可取消", "“已受理”“预约成功”的，在预约时间开始前可以取消"),
    Step.FEED_BACK: ("不能反馈报关单号", "海关审批通过、“预约成功”之后才能反馈"),
    Step.EXPLAIN: ("不能发送情况说明", "海关审批通过之后才能发送"),
    Step.ACCEPT: ("不能受理", "只有“申报”的可以受理"),
    Step.APPROVE: ("不能审批通过", "只有“已受理”的可以审批"),
    Step.RETURN: ("不能退单", "“申报”“已受理”的可以退单"),
    Step.CLOSE_CASE: ("不能结案", "只有“I-通关完成未反馈”的可以结案"),
}
"""What a refused step is called, and from where it may be taken (S28-S31), by the step that the params name."""

_ANY_STEP = ("不能这样操作", "请看申请当前状态允许做什么")


def words(code: Code, params: Mapping[str, str | int] | None = None) -> Words:
    """Title and advice of a code with its parameters filled in."""
    title, advice = TEXTS[code]
    filled = _Unfilled(params or {})
    if code is Code.STEP_NOT_ALLOWED:
        filled["refusal"], filled["allowance"] = STEP_REFUSALS.get(str(filled.get("step")), _ANY_STEP)
    if code is Code.CERTIFICATE_INVALID and "reason" in filled:
        filled["reason"] = CERTIFICATE_FLAWS.get(str(filled["reason"]), filled["reason"])
    return Words(title.format_map(filled), advice.format_map(filled))


def error_words(error: YuyueError) -> Words:
    """Title and advice of an error."""
    return words(error.code, error.params)


def deletion_refused(error: YuyueError) -> str:
    """What the receipt of a deletion says that customs turned away (S28)."""
    reason = error.params.get("text") or error_words(error).title
    return f"海关没有删除这份暂存，已放回列表：{reason}"


def forgotten(receipt: Receipt) -> str:
    """What the remark says at an application of which the gateway lacks receipts; `receipt` is the last of them."""
    return str(words(Code.GATEWAY_FORGOT, {"at": f"{receipt.at:%Y-%m-%d %H:%M}", "word": receipt.word}))


TEXTS: dict[Code, tuple[str, str]] = {
    # fields
    Code.REQUIRED: ("必填，还没有填", "请填写此项"),
    Code.TOO_LONG: ("太长：最多 {limit} 个字，现为 {count} 个", "请缩短"),
    Code.CONTROL_CHARACTER: ("含有看不见的控制字符", "请删掉重新输入"),
    Code.UNCERTAIN_CHARACTER: ("含有海关可能显示不出的字符 {signs}", "建议换成普通文字；不换也可以提交"),
    Code.TRADER_CODE_MALFORMED: ("海关编码应为 10 位，现为 {count} 位", "前 5 位是数字，后 5 位是数字或大写字母"),
    Code.TRADER_NOT_CHECKED: ("还没有向网关核对这家企业", "联网后自动核对，提交时由网关把关"),
    Code.COMPANY_UNKNOWN: ("海关没有编码为 {customs_code} 的企业", "请核对 10 位海关编码"),
    Code.COMPANY_DISHONEST: ("失信企业不允许操作", "可以查询、取消、反馈和说明，不能新增预约"),
    Code.COMPANY_NOT_REGISTERED: ("{name} 没有报关资质，不能新增预约", "请先办理海关注册登记"),
    Code.COMPANY_OWES_FEEDBACK: (
        "{name} 有“I-通关完成未反馈”的预约，不能新增",
        "请先发送情况说明，待海关结案",
    ),
    Code.CREDIT_CODE_CHECK: ("信用代码 {code} 的校验位不符", "仅提醒，不影响提交"),
    Code.MOBILE_MALFORMED: ("手机或电话号码不对", "填 11 位手机号，或座机号如 010-65194114"),
    Code.MOBILE_TOO_SHORT: ("手机号少了几位：应为 11 位，现为 {count} 位", "请补全"),
    Code.MOBILE_TOO_LONG: ("手机号多了几位：应为 11 位，现为 {count} 位", "请核对"),
    Code.PORT_MALFORMED: ("还没有选定口岸", "从列表选一个，或照填 4 位代码"),
    Code.PORT_NOT_A_PORT: ("{code} 不是口岸", "请选具体的口岸海关"),
    Code.PORT_OF_DISTRICT: ("{code} 是直属海关自己的代码", "口岸一般是它下属的海关；无误就可以提交"),
    Code.PORT_UNKNOWN: ("本机的口岸表里没有 {code}", "这只是提醒，代码无误就可以提交"),
    Code.TRANSPORT_MALFORMED: ("还没有选定运输方式", "按空格从列表里选"),
    Code.TRANSPORT_UNKNOWN: ("本机的运输方式表里没有 {code}", "这只是提醒，代码无误就可以提交"),
    Code.WINDOW_MALFORMED: ("看不懂这个时间", "按 2026-10-03 10:00 这样填"),
    Code.WINDOW_PAST: ("预约时间已经过去", "请填以后的时间"),
    Code.WINDOW_IN_WORKING_TIME: (
        "与口岸 {port} {day} {hours} 的工作时间重叠",
        "必须是海关非工作时间，请改",
    ),
    Code.WINDOW_TOO_LATE: ("已过最迟申报时间 {latest}", "口岸 {port} {closing} 下班前 {hours} 小时，请改约"),
    Code.CALENDAR_UNKNOWN: ("口岸 {port} 没有公布这几天的工作时间", "请联系口岸或海关更新工作日历"),
    Code.CALENDAR_NOT_HEARD: ("本机还没有口岸 {port} 的工作时间", "联网后自动取得，再提交"),
    Code.REASON_TOO_LONG: ("事由最多 {limit} 字节，现为 {count} 字节", "请缩短，一个汉字算两字节"),
    Code.FLAG_MISSING: ("进口、出口至少勾选一个", "按空格勾选"),
    Code.GOODS_MISSING: ("还没有商品", "至少写入一项商品"),
    Code.GOODS_CODE_MALFORMED: ("第 {row} 项商品的 HS 编码应为 4 至 10 位数字", "请修改这一行"),
    Code.GOODS_NAME_MISSING: ("第 {row} 项商品没有名称", "请修改这一行"),
    Code.GOODS_NAMES_TOO_LONG: ("商品名称合计最多 {limit} 个字符，现为 {count} 个", "请缩短名称"),
    # attachments
    Code.ATTACHMENTS_TOO_MANY: ("最多 {limit} 个附件，现为 {count} 个", "请移除多出的文件"),
    Code.ATTACHMENT_TOO_LARGE: ("{name} 有 {size} KB，超过 {limit} MB", "请压缩或拆分后再添加"),
    Code.ATTACHMENT_PAGE_TOO_LARGE: ("{name} 第 {page} 页 {size} KB，超过每页 {limit} KB", "请压缩这一页"),
    Code.ATTACHMENT_MEAN_TOO_LARGE: ("{name} 平均每页 {size} KB，超过每页 {limit} KB", "请压缩后再添加"),
    Code.ATTACHMENT_NAME_TOO_LONG: ("文件名最多 {limit} 字节，{name} 有 {count} 字节", "请改短文件名再添加"),
    Code.ATTACHMENT_NAME_CHARACTERS: ("文件名 {name} 里有看不见的字符", "请改名后再添加"),
    Code.ATTACHMENT_REPEATED: ("{name} 与已有的 {other} 内容相同", "不用再加一次"),
    Code.PDF_NOT_A_PDF: ("{name} 不是 PDF 文件", "请选择 PDF；图片或 Word 请先另存为 PDF"),
    Code.PDF_DAMAGED: ("{name} 已损坏，打不开", "请用原来的程序重新导出"),
    Code.PDF_ENCRYPTED: ("{name} 加了密", "请另存为不加密的 PDF"),
    Code.PDF_TOO_OLD: ("{name} 的 PDF 版本是 {version}，要求 1.4 以上", "请用新的程序另存一次"),
    Code.PDF_READERS_DISAGREE: ("{name} 的结构不一致，两种读法结果不同", "请用原来的程序重新导出"),
    Code.PDF_NO_PAGES: ("{name} 里一页也没有", "请换一个文件"),
    Code.PDF_TOO_MANY_PAGES: ("{name} 有 {count} 页，多于 {limit} 页的查不了", "请拆成几个文件再添加"),
    Code.PDF_TOO_COMPLEX: ("{name} 查了很久没有结果", "没有添加；请用原来的程序重新导出，或另存为新的 PDF"),
    Code.PDF_PROCESS_MISSING: ("检查 PDF 的程序启动不了", "没有添加；请重启本程序，仍不行请重新安装"),
    Code.PDF_NOT_SHOWN: ("{name} 预览不出来", "文件没有变；可以用看 PDF 的程序打开原件核对"),
    Code.PDF_PAGE_NOT_SHOWN: ("第 {page} 页画不出来", "其余各页照常；可以打开原件核对这一页"),
    Code.ATTACHMENT_ON_OTHER_SERVER: (
        "附件 {name} 在另一台服务器上，没有去读",
        "不认识的服务器会得到本机账号的登录凭证。来源可靠的，请把附件放到申请文件旁边再打开",
    ),
    Code.ATTACHMENT_NOT_HERE: ("本机没有 {name} 的内容", "它是在别的电脑上添加的，请到那台电脑上预览"),
    Code.FILE_MISSING: ("找不到文件 {name}", "可能被移走或改了名，请重新选择"),
    Code.FILE_LINK_BROKEN: ("{name} 是一个失效的链接", "请选择它原来指向的文件"),
    Code.FILE_IS_FOLDER: ("{name} 是文件夹", "请打开它，选里面的 PDF 文件"),
    Code.FILE_NOT_REGULAR: ("{name} 不是普通文件，不能读取", "请先存成 PDF 文件再添加"),
    Code.FILE_EMPTY: ("{name} 是空的，一个字节也没有", "请重新导出或下载后再添加"),
    Code.FILE_CHANGING: ("{name} 正在被写入，内容还在变", "请等扫描、下载或保存完成后再添加"),
    Code.FILE_UNREADABLE: ("读不了文件 {name}", "请确认文件还在，且没有被别的程序占用"),
    Code.FILE_UNWRITABLE: ("文件 {name} 写不进去", "请换一个文件夹再保存"),
    # feedback and explanation
    Code.DECLARATION_NUMBER_LENGTH: ("报关单号应为 18 位，现为 {count} 位", "请核对"),
    Code.DECLARATION_NUMBER_DIGITS: ("报关单号只能是数字，第 9 位是 1（进口）或 0（出口）", "请核对"),
    Code.DECLARATION_NUMBER_FLAG: ("{number} 的进出口标志与申请不一致", "第 9 位 1 是进口，0 是出口"),
    Code.DECLARATION_NUMBER_PORT: ("{number} 的申报口岸与申请不一致", "前 4 位应为 {port}"),
    Code.DECLARATION_NUMBER_REPEATED: ("{number} 已经在列表里", "不用重复填写"),
    Code.DECLARATION_NUMBERS_TOO_MANY: ("最多 {limit} 票报关单", "请移除多出的号码"),
    Code.DECLARATION_NUMBERS_MISSING: ("还没有填报关单号", "至少填一票再提交"),
    Code.DECLARATION_MISMATCH: ("报关单 {number} 与申请不一致：{differences}", "请核对后重新反馈，全部一致才能通过"),
    Code.EXPLANATION_LENGTH: ("情况说明应为 1 至 {limit} 字，现为 {count} 字", "请修改后再发送"),
    Code.EXPLANATION_SENT: ("情况说明只能发送一次，这份申请已经发送过", "请等待海关答复"),
    Code.FEEDBACK_LAPSED: ("反馈期限 {due} 已过", "请在情况说明里向海关说明"),
    # life
    Code.STEP_NOT_ALLOWED: ("“{status}”状态的申请{refusal}", "{allowance}"),
    Code.CANCEL_TOO_LATE: ("已到预约时间 {start}，不可取消", "只能在预约时间开始前取消"),
    Code.APPLICATION_UNKNOWN: ("找不到这份申请", "请刷新查询后再试"),
    Code.REVISION_STALE: ("这份申请刚刚被改过", "请看一下最新内容再继续"),
    Code.LOCKED_BY_OUTBOX: ("这份申请正在发件箱里，不能修改", "可以先在发件箱撤回，再修改"),
    # queries
    Code.QUERY_EMPTY: ("还没有查询条件", "请填一个时间段，或填预录入编号"),
    Code.QUERY_SPAN_TOO_LONG: ("时间跨度不能超过 {limit} 天", "请缩短起止日期"),
    Code.QUERY_SPAN_REVERSED: ("起止日期不对", "起、止都要填，且起不晚于止"),
    Code.QUERY_TRADER_MISSING: ("类别选 B 时必须填收发货人的 10 位海关编码", "请填写收发货人"),
    Code.QUERY_NUMBER_MALFORMED: ("预录入编号应为 YTG 加 15 位数字", "请核对编号"),
    Code.CALENDAR_NOT_FOUND: ("没有查到口岸工作时间", "请联系口岸或海关更新工作日历"),
    # signing in
    Code.CARD_NOT_BOUND: ("您无权限操作该数据", "这个账号没有绑定卡介质，请先到电子口岸绑定"),
    Code.CARD_MISMATCH: (
        "当前卡号 {inserted} 与用户注册信息卡号 {bound} 不一致，无法进行申报",
        "请换回账号绑定的卡再试，草稿已保存",
    ),
    Code.CARD_UNKNOWN: ("网关不认识这张卡", "请确认卡已在海关备案"),
    Code.PASSWORD_WRONG: ("用户名或密码不对", "请重新输入；忘记密码请联系管理员"),
    Code.SIGN_IN_NEEDED: ("登录已过期，需要重新登录", "请重新登录，草稿和发件箱都还在"),
    Code.SIGN_IN_TOO_OFTEN: ("试得太频繁，已暂停登录", "请 {minutes} 分钟后再试"),
    # card
    Code.CARD_ABSENT: ("没有找到卡", "请把卡插好再试"),
    Code.CARD_CHANGED: ("卡被拔出或换过", "没有发出；请插回原来的卡，重新输入密码"),
    Code.CARD_UNREADABLE: ("读不出卡里的证书", "请擦净芯片重新插卡；仍不行请换读卡器"),
    Code.CARD_CERTIFICATE_UNKNOWN: (
        "卡里的证书认不出",
        "请确认插的是报关用的卡；没有插错请带卡到电子口岸数据分中心核查",
    ),
    Code.CARD_UNKNOWN_TO_DRIVER: (
        "驱动不认识插着的卡",
        "请在设置里选这种卡的驱动；没有装的请先安装，再重新检查",
    ),
    Code.READER_SERVICE_AWAY: (
        "读卡器服务没有运行",
        "请插好读卡器再试；仍不行请启动系统服务“智能卡”（Smart Card）",
    ),
    Code.READER_SERVICE_SILENT: ("读卡器服务没有应答", "请拔出读卡器重新插上；仍不行请重启电脑"),
    Code.READER_MISSING: ("没有接读卡器", "请插上读卡器或 USB Key；插着的请换一个 USB 口"),
    Code.CARD_DRIVER_MISSING: ("没有找到卡的驱动程序", "请安装卡的驱动，再点重新检查"),
    Code.CARD_DRIVER_UNFIT: (
        "卡的驱动程序不是 64 位的，这里用不了",
        "请安装 64 位的驱动，或在设置里改用客户端控件",
    ),
    Code.CARD_DRIVER_INCOMPLETE: (
        "卡的驱动程序 {name} 不完整：文件在，但有部分缺失、损坏或不配套",
        "请重新安装厂家完整的 64 位驱动，再点重新检查",
    ),
    Code.CARD_DRIVER_FAILED: ("卡的驱动程序没有正常应答", "请重新插卡再试，程序已自动重启驱动"),
    Code.CARD_SIGNATURE_WRONG: ("卡给出的签名与证书不符，没有发出", "请重新插卡再试"),
    Code.CARD_NOT_SIGNED: ("卡没有签成，没有发出", "草稿都在；请重新插卡，再试一次"),
    Code.CARD_NOT_LOGGED_IN: ("卡还没有登录", "请输入卡密码"),
    Code.CARD_CONTROL_MISSING: ("连不上电子口岸客户端控件", "请启动或安装控件；" + CONTROL_RESTART),
    Code.CARD_CONTROL_SILENT: ("客户端控件没有应答", CONTROL_RESTART + "，仍不行请重新插卡"),
    Code.CARD_CONTROL_GARBLED: ("客户端控件的应答不对，没有发出", CONTROL_RESTART + "再试"),
    Code.CARD_RESET_FAILED: (
        "读卡器复位失败（{number}），没有读到卡",
        "请把卡插好；插着的请拔出重插，仍不行" + CONTROL_RESTART,
    ),
    Code.CARD_READER_FAILED: ("读卡器打不开（{number}）", "请关掉占用它的程序并重新插卡；" + CONTROL_RESTART),
    Code.CARD_NOT_ACCEPTED: ("卡已过期、锁住或没有备案", "请带卡到电子口岸数据分中心核查"),
    Code.CARD_REFUSED: ("客户端控件没有办成（{number}）", "请重新插卡再试；" + CONTROL_RESTART),
    Code.PIN_WRONG: ("卡密码不对", "请核对后再输入，试错太多卡会锁住"),
    Code.PIN_LOCKED: ("卡已锁住", "请带卡和证件到电子口岸数据分中心解锁"),
    Code.PIN_LENGTH: ("卡密码应为 {least} 至 {most} 位", "请核对，这次没有占用次数"),
    Code.PIN_FAILED_BEFORE: ("这个密码刚才试过，是错的", "没有再次送到卡里，请换一个"),
    Code.PIN_FIXED: ("这张卡的密码不能在这里改", "请用发卡机构的工具更改"),
    # envelope
    Code.SIGNATURE_INVALID: ("签名验不过", "请重新签名提交"),
    Code.CERTIFICATE_INVALID: ("卡的证书无效：{reason}", "请到电子口岸更新证书"),
    Code.DIGEST_MISMATCH: ("附件内容与签名时不一致", "请重新添加附件再提交"),
    Code.COMPANY_MISMATCH: ("签名的卡不属于申报单位", "请用申报单位的卡提交"),
    Code.SUBMISSION_STALE: ("签名时间不在有效期内", "请核对时间后重新提交"),
    Code.SUBMISSION_MALFORMED: ("提交的内容格式不对", "请升级程序后重试"),
    Code.SUBMISSION_ID_REUSED: ("同一编号已提交过别的内容", "请刷新后重新提交"),
    Code.WRONG_GATEWAY: ("这份提交不是给本网关的", "请核对网关地址"),
    Code.ATTACHMENTS_MISSING: ("网关还没有收到全部附件", "程序会自动补传"),
    Code.SEAL_BROKEN: ("网关解不开这次提交", "程序会换新密钥重试"),
    # input of the command line
    Code.INPUT_NOT_JSON: ("不是一个 JSON 对象：{reason}", "请按说明修改后再试"),
    Code.INPUT_TOO_LARGE: ("申请文件有 {size} KB，超过 {limit} KB", "请核对是不是申请文件"),
    Code.INPUT_FIELD_MISSING: ("缺少 {field}", "请补上这一项"),
    Code.INPUT_FIELD_UNKNOWN: ("没有 {field} 这一项", "请核对名称，或去掉它"),
    Code.INPUT_FIELD_WRONG: ("{field} 不对", "应为{wanted}"),
    # environment
    Code.GATEWAY_UNREACHABLE: ("连不上网关", "草稿照常保存，联网后自动继续"),
    Code.GATEWAY_BUSY: ("网关正忙", "程序会稍后自动再试"),
    Code.GATEWAY_UNTRUSTED: ("网关的证书不可信，没有发送任何内容", "请检查网络是否需要登录或代理，或联系管理员"),
    Code.GATEWAY_ANSWER_INVALID: ("收到的应答不是网关给的", "请检查网络是否要先登录，程序会自动再试"),
    Code.GATEWAY_FORGOT: (
        "海关系统恢复了较早的数据，查不到 {at} 的回执“{word}”，本机的记录没有改，也没有重新发送",
        "请先向海关核实；确需重新申报的，请复制成新草稿",
    ),
    Code.PROXY_SIGN_IN: ("代理服务器要用户名和密码", "请在设置的网络代理里填写，程序会自动再试"),
    Code.STORE_DAMAGED: ("本机数据文件已损坏，原文件已保留", "请关闭程序再打开，会提供最近的备份"),
    Code.STORE_LOCKED: ("本机数据文件被别的程序占用", "请关闭占用它的程序（如杀毒扫描）后重试"),
    Code.STORE_FULL: ("磁盘已满，没有保存", "请清理磁盘；窗口里的内容还在，先不要关闭"),
    Code.STORE_NEWER: ("本机数据是更新版本的程序写的", "请升级本程序再打开"),
    Code.STORE_UNWRITABLE: ("本机数据文件写不进去", "请检查文件夹权限；窗口里的内容还在，先不要关闭"),
    Code.STORE_KEY_WRONG: ("打不开本机数据：密钥或密码不对", "请重新输入，或使用恢复码"),
    Code.STORE_KEY_MISSING: ("系统里找不到本机数据的密钥", "请输入首次使用时抄下的恢复码"),
    Code.STORE_KEY_LOST: (
        "本机数据的密钥和恢复文件都找不到，数据打不开",
        "请联系管理员恢复文件夹 {folder}；要重新开始，先把它移走",
    ),
    Code.STORE_PASSWORD_WRONG: ("本机密码不对", "请核对大小写后再输入"),
    Code.STORE_PASSWORD_SHORT: ("密码至少 {limit} 个字符，现为 {count} 个", "可以用一句记得住的话"),
    Code.KEY_STORE_UNAVAILABLE: ("系统的密钥保管不可用", "请改用自己的密码保护本机数据"),
    Code.KEY_STORE_SILENT: ("系统的密钥保管没有应答", "请解锁后再试，或输入首次使用时抄下的恢复码"),
    Code.IMPORT_WOULD_LOSE: (
        "本机还有没发出的：{drafts} 份草稿，{items} 件待发送",
        "先暂存到海关或删除这些草稿、等待发送完，再导入",
    ),
    Code.IMPORT_GIVEN_UP: (
        "没有导入：本机又有没发出的 {drafts} 份草稿，{items} 件待发送",
        "打开的是原来的数据，一件不少。先暂存到海关或删除这些草稿、等待发送完，再导入一次",
    ),
    Code.IMPORT_WAITS: ("导入的数据已核对，还没有换上", "请先关闭窗口再打开一次，再运行命令"),
    Code.IMPORT_UNREADABLE: ("{name} 不是导出的数据，或已损坏", "请在原电脑上重新导出"),
    Code.RECOVERY_CODE_MALFORMED: ("恢复码不对：应为 30 个字母和数字", "请对照抄下的恢复码核对后再输入"),
    Code.RECOVERY_CODE_WRONG: ("这不是本机数据的恢复码", "请找首次使用时抄下的那一张"),
    Code.PROGRAM_ALREADY_OPEN: ("程序已经打开", "请切换到已打开的窗口"),
    Code.FILES_NOT_HANDED_OVER: (
        "程序已经打开，{count} 个申请文件没有交给它",
        "请切换到已打开的窗口，按 Ctrl+O 打开申请文件",
    ),
    Code.PROFILE_MISSING: (
        "这台电脑还没有海关网关的配置",
        "要练习，请从开始菜单打开“预约通关练习”；要申报，请管理员把配置文件放到 {file}",
    ),
    Code.PRACTICE_MISSING: (
        "练习网关打不开：{reason}",
        "请关闭这个窗口再打开一次；仍不行请重新运行安装程序，勾选“练习网关和练习卡”",
    ),
    Code.PRACTICE_FAILED: (
        "练习程序没有办成：{reason}",
        "请再试一次；仍不行请重新运行安装程序，勾选“练习网关和练习卡”",
    ),
    Code.NEW_VERSION_UNKNOWN: (
        "没能查到有没有新版本：{reason}",
        "不影响申报；请管理员核对配置里的 update_address 和 update_key",
    ),
    Code.CALL_UNUSABLE: ("命令的参数用不了：{reason}", "请按说明修改后再运行"),
    Code.BUG: ("程序出了意外，数据已保存", "请重试；仍不行请把诊断报告发给我们"),
}
