; Every sentence of the setup, Chinese and English; knows no step.

!macro WORDS NAME CHINESE ENGLISH
  LangString ${NAME} ${LANG_SIMPCHINESE} "${CHINESE}"
  LangString ${NAME} ${LANG_ENGLISH} "${ENGLISH}"
!macroend

!insertmacro WORDS TITLE "预约通关桌面端" "Yuyue Desktop"
!insertmacro WORDS PART_PROGRAM "程序" "Program"
!insertmacro WORDS PART_PRACTICE "练习网关和练习卡" "Practice customs and card"
!insertmacro WORDS PART_AUTOSTART "登录 Windows 时自动打开" "Start with Windows"
!insertmacro WORDS ABOUT_PROGRAM "窗口、命令行和辅助进程" "Window, command line and helper"
!insertmacro WORDS ABOUT_PRACTICE "不连海关，在本机练习申报的全过程" "Practise the whole declaration on this computer"
!insertmacro WORDS ABOUT_AUTOSTART "开机后就能看到待反馈和回执" "See what is due as soon as you log in"
!insertmacro WORDS RUNNING "程序正在运行：$0$\r$\n$\r$\n请先关闭窗口（练习窗口也要关闭），再点“重试”" \
  "The program is running: $0$\r$\n$\r$\nClose its window, the practice window too, then choose Retry"
!insertmacro WORDS NO_RIGHTS "给所有用户安装要有管理员权限。请右键点安装程序，选“以管理员身份运行”" \
  "Installing for all users needs administrator rights: right-click the setup and choose Run as administrator"
!insertmacro WORDS OLD_WINDOWS "这台电脑的 Windows 太旧：需要 Windows 10 或 11（64 位）" \
  "This Windows is too old: Windows 10 or 11 (64 bit) is needed"
!insertmacro WORDS NOT_WRITTEN "文件没有写好：$0$\r$\n$\r$\n原来的程序没有改动。请检查磁盘空间和杀毒软件，再运行一次安装程序" \
  "A file could not be written: $0$\r$\n$\r$\nCheck the disk's space and the virus scanner, then run the setup again"
!insertmacro WORDS NOT_SWAPPED "有文件被占用，换不掉：$0$\r$\n$\r$\n原来的程序没有改动。请等杀毒软件扫描完，再运行一次安装程序" \
  "A file is in use and could not be replaced: $0$\r$\n$\r$\nThe old program is as it was. Run the setup again later"
!insertmacro WORDS OLDER "已安装较新的版本 $0。装回旧版本后，可能打不开现在的数据。仍要安装吗？" \
  "A newer version $0 is installed. The older one may not open today's data. Install all the same?"
!insertmacro WORDS FOR_WHOM "给谁安装" "Install for whom"
!insertmacro WORDS FOR_WHOM_MORE "您有管理员权限，可以给这台电脑的所有用户安装" \
  "You have administrator rights and may install for everybody who uses this computer"
!insertmacro WORDS FOR_ME "只给我安装" "Just for me"
!insertmacro WORDS FOR_ALL "给这台电脑的所有用户安装" "For everybody who uses this computer"
!insertmacro WORDS REMOVE_DATA "同时删除这个 Windows 账号的草稿、回执和设置？$\r$\n$\r$\n删除后找不回来；不确定时选“否”，数据会留在本机" \
  "Delete this account's drafts, receipts and settings too?$\r$\n$\r$\nThey can't be brought back; choose No when in doubt"
