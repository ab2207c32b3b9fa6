; The setup of yuyue-desktop (NSIS 3): unpacks beside the old version first, then puts the new one in its place.
;
; Called by devtools/windows/setup_program.py with VERSION, NUMBERS, PROGRAM and PRACTICE (frozen folders), ICON, OUT
; and, where files are signed, SIGN (takes a file).
; Exit codes: 0 done, 1 given up by the user, 2 a file could not be written (NSIS's own code too), 3 the program is
; running, 4 rights or Windows do not suffice. docs/deployment.zh.md tells administrators.

Target amd64-unicode
Unicode true
!ifdef UNCOMPRESSED
  SetCompress off
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
; The times of files would make two setups of one commit differ.
SetDateSave off
!include FileFunc.nsh
!include LogicLib.nsh
!include MUI2.nsh
!include nsDialogs.nsh
!include Sections.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define APP "yuyue-desktop"
!define HOME "Software\${APP}"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define AUTOSTART "Software\Microsoft\Windows\CurrentVersion\Run"
; The file type of application files. Its name is Chinese in every language, as the files' own words are.
!define SUFFIX "Software\Classes\.yuyue"
!define PROGID "${APP}.application"
!define TYPE "Software\Classes\${PROGID}"
!define TYPE_NAME "预约通关申请"
!define INCOMING "$INSTDIR\_incoming"
!define OUTGOING "$INSTDIR\_outgoing"
; Chinese in every language, so that an upgrade or removal in another one finds them.
!define MENU "$SMPROGRAMS\预约通关"
!define MENU_PROGRAM "${MENU}\预约通关桌面端.lnk"
!define MENU_PRACTICE "${MENU}\预约通关练习.lnk"

!define EXIT_UNWRITTEN 2
!define EXIT_RUNNING 3
!define EXIT_UNFIT 4

Name "$(TITLE)"
Caption "$(TITLE) ${VERSION}"
BrandingText " "
OutFile "${OUT}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
AllowSkipFiles off
!ifdef SIGN
  !uninstfinalize `${SIGN} "%1"` = 0
!endif

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "预约通关桌面端"
VIAddVersionKey /LANG=2052 "FileDescription" "预约通关桌面端 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"

Var Practice  ; "1": the practice side is wanted
Var Autostart ; "1": start with Windows
Var Everybody ; "1": for all users of the computer
Var Found     ; version that is installed, "" for none
Var Data      ; "1": the account's data is removed too
Var ForAll    ; the page's button

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
Page custom AskForWhom TakeForWhom
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION OpenProgram
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"
!include "${__FILEDIR__}/words.nsh"

; Ends with a sentence and an exit code; in a silent run with the code alone.
!macro GiveUp CODE WORDS
  SetErrorLevel ${CODE}
  MessageBox MB_OK|MB_ICONSTOP "${WORDS}" /SD IDOK
  Quit
!macroend

; $0 becomes the name of a program of ours that runs and so can't be written, "" where none does.
!macro FindRunning UN
  Function ${UN}FindRunning
    StrCpy $0 ""
    !insertmacro Probe "${APP}.exe"
    !insertmacro Probe "yuyue.exe"
    !insertmacro Probe "yuyue-worker.exe"
    !insertmacro Probe "yuyue-practice.exe"
  FunctionEnd
!macroend
!macro Probe PROGRAM
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $1 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      StrCpy $0 "${PROGRAM}"
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend
!insertmacro FindRunning ""
!insertmacro FindRunning "un."

; Nothing is touched while a program of ours runs: whoever sits there is asked to close it.
!macro RefuseWhileRunning UN
  Function ${UN}RefuseWhileRunning
    again:
    Call ${UN}FindRunning
    ${If} $0 != ""
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
      SetErrorLevel ${EXIT_RUNNING}
      Quit
    ${EndIf}
  FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

; Registry, shortcuts and folder of everybody or of this account.
!macro UseContext
  SetRegView 64
  ${If} $Everybody == "1"
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

; An account without administrator rights may not install for others.
!macro RefuseWithoutRights
  UserInfo::GetAccountType
  Pop $0
  ${If} $Everybody == "1"
  ${AndIf} $0 != "Admin"
    !insertmacro GiveUp ${EXIT_UNFIT} "$(NO_RIGHTS)"
  ${EndIf}
!macroend

; Command line first, then what was chosen last time.
!macro Choose VARIABLE SWITCH USUAL
  ReadRegStr ${VARIABLE} SHCTX "${HOME}" "${SWITCH}"
  ${If} ${VARIABLE} == ""
    StrCpy ${VARIABLE} "${USUAL}"
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/${SWITCH}=" $R1
  ${IfNot} ${Errors}
    StrCpy ${VARIABLE} $R1
  ${EndIf}
!macroend

!macro RefuseUnwritten WHERE
  ${If} ${Errors}
    StrCpy $0 "${WHERE}"
    !insertmacro GiveUp ${EXIT_UNWRITTEN} "$(NOT_WRITTEN)"
  ${EndIf}
!macroend

Section "$(PART_PROGRAM)" PartProgram
  SectionIn RO
  Call RefuseWhileRunning
  RMDir /r "${INCOMING}"
  ClearErrors
  SetOverwrite try
  SetOutPath "${INCOMING}"
  ; The programs last: they hold much of what the practice program holds, which follows them.
  File /r "${PROGRAM}/_internal"
  File "${PROGRAM}/*.exe"
  !insertmacro RefuseUnwritten "${INCOMING}"
SectionEnd

Section "$(PART_PRACTICE)" PartPractice
  ClearErrors
  SetOutPath "${INCOMING}"
  File /r "${PRACTICE}/*.*"
  !insertmacro RefuseUnwritten "${INCOMING}"
SectionEnd

Section /o "$(PART_AUTOSTART)" PartAutostart
SectionEnd

; All that the setup keeps in the folder, the window last: it is there only when everything else is.
!macro ForEachPart STEP
  !insertmacro ${STEP} "_internal"
  !insertmacro ${STEP} "yuyue-worker.exe"
  !insertmacro ${STEP} "yuyue-practice.exe"
  !insertmacro ${STEP} "yuyue.exe"
  !insertmacro ${STEP} "${APP}.exe"
!macroend
!macro Move NAME FROM TO
  ${If} ${FileExists} "${FROM}\${NAME}"
    Rename "${FROM}\${NAME}" "${TO}\${NAME}"
    ${If} ${Errors}
      StrCpy $0 "${NAME}"
      ClearErrors
    ${EndIf}
  ${EndIf}
!macroend
!macro MoveOut NAME
  ${If} $0 == ""
    !insertmacro Move "${NAME}" "$INSTDIR" "${OUTGOING}"
  ${EndIf}
!macroend
!macro MoveBack NAME
  ${If} ${FileExists} "${OUTGOING}\${NAME}"
    !insertmacro Move "${NAME}" "$INSTDIR" "${INCOMING}"
    !insertmacro Move "${NAME}" "${OUTGOING}" "$INSTDIR"
  ${EndIf}
!macroend
!macro MoveIn NAME
  ${If} $0 == ""
    !insertmacro Move "${NAME}" "${INCOMING}" "$INSTDIR"
  ${EndIf}
!macroend
!macro Remove NAME
  RMDir /r "$INSTDIR\${NAME}"
  Delete "$INSTDIR\${NAME}"
!macroend

; Old out, new in, by renaming: a folder moves as a whole or, while anything holds a file of it, not at all. Cut off
; anywhere in between, the next run of the setup does it again.
Section -PutInPlace
  SetOutPath "$INSTDIR"
  Call RefuseWhileRunning
  RMDir /r "${OUTGOING}"
  CreateDirectory "${OUTGOING}"
  ClearErrors
  StrCpy $0 ""
  !insertmacro ForEachPart MoveOut
  !insertmacro ForEachPart MoveIn
  ${If} $0 != ""
    StrCpy $2 $0
    !insertmacro ForEachPart MoveBack
    StrCpy $0 $2
    !insertmacro GiveUp ${EXIT_UNWRITTEN} "$(NOT_SWAPPED)"
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  RMDir /r "${OUTGOING}"
  RMDir /r "${INCOMING}"
SectionEnd

!macro RemoveShortcuts
  Delete "${MENU_PROGRAM}"
  Delete "${MENU_PRACTICE}"
  RMDir "${MENU}"
!macroend

; Explorer looks at types and icons anew (SHCNE_ASSOCCHANGED).
!macro TellExplorer
  System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)"
!macroend

; Files that somebody has given to another program stay there; ours is then among those to open them with.
!macro TakeFileType
  WriteRegStr SHCTX "${TYPE}" "" "${TYPE_NAME}"
  WriteRegStr SHCTX "${TYPE}\DefaultIcon" "" "$INSTDIR\${APP}.exe,0"
  WriteRegStr SHCTX "${TYPE}\shell\open\command" "" '"$INSTDIR\${APP}.exe" "%1"'
  WriteRegStr SHCTX "${SUFFIX}\OpenWithProgids" "${PROGID}" ""
  ReadRegStr $0 SHCTX "${SUFFIX}" ""
  ${If} $0 == ""
    WriteRegStr SHCTX "${SUFFIX}" "" "${PROGID}"
  ${EndIf}
  !insertmacro TellExplorer
!macroend

; Only what is still ours: another folder's program may have taken the type, another program the suffix. The folder as
; it was called then: the uninstaller may be told another name of it.
!macro LeaveFileType
  ReadRegStr $0 SHCTX "${TYPE}\shell\open\command" ""
  ReadRegStr $1 SHCTX "${HOME}" "InstallDir"
  ${If} $0 == '"$1\${APP}.exe" "%1"'
    DeleteRegKey SHCTX "${TYPE}"
    DeleteRegValue SHCTX "${SUFFIX}\OpenWithProgids" "${PROGID}"
    DeleteRegKey /ifempty SHCTX "${SUFFIX}\OpenWithProgids"
    ReadRegStr $0 SHCTX "${SUFFIX}" ""
    ${If} $0 == "${PROGID}"
      DeleteRegValue SHCTX "${SUFFIX}" ""
    ${EndIf}
    ReadRegStr $0 SHCTX "${SUFFIX}" ""
    ${If} $0 == ""
      DeleteRegKey /ifempty SHCTX "${SUFFIX}"
    ${EndIf}
    !insertmacro TellExplorer
  ${EndIf}
!macroend

Section -Register
  !insertmacro RemoveShortcuts
  CreateDirectory "${MENU}"
  CreateShortCut "${MENU_PROGRAM}" "$INSTDIR\${APP}.exe"
  StrCpy $Practice "0"
  ${If} ${SectionIsSelected} ${PartPractice}
    StrCpy $Practice "1"
    CreateShortCut "${MENU_PRACTICE}" "$INSTDIR\${APP}.exe" "--practice"
  ${EndIf}
  StrCpy $Autostart "0"
  DeleteRegValue SHCTX "${AUTOSTART}" "${APP}"
  ${If} ${SectionIsSelected} ${PartAutostart}
    StrCpy $Autostart "1"
    WriteRegStr SHCTX "${AUTOSTART}" "${APP}" '"$INSTDIR\${APP}.exe"'
  ${EndIf}
  !insertmacro TakeFileType
  WriteRegStr SHCTX "${HOME}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "${HOME}" "Version" "${VERSION}"
  WriteRegStr SHCTX "${HOME}" "Practice" "$Practice"
  WriteRegStr SHCTX "${HOME}" "Autostart" "$Autostart"
  WriteRegStr SHCTX "${ENTRY}" "DisplayName" "$(TITLE)"
  WriteRegStr SHCTX "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${ENTRY}" "Publisher" "yuyue-desktop"
  WriteRegStr SHCTX "${ENTRY}" "DisplayIcon" "$INSTDIR\${APP}.exe"
  WriteRegStr SHCTX "${ENTRY}" "InstallLocation" "$INSTDIR"
  StrCpy $0 ""
  ${If} $Everybody == "1"
    StrCpy $0 " /AllUsers"
  ${EndIf}
  WriteRegStr SHCTX "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"$0'
  WriteRegStr SHCTX "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe"$0 /S'
  WriteRegDWORD SHCTX "${ENTRY}" "NoModify" 1
  WriteRegDWORD SHCTX "${ENTRY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${ENTRY}" "EstimatedSize" "$0"
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${PartProgram} "$(ABOUT_PROGRAM)"
  !insertmacro MUI_DESCRIPTION_TEXT ${PartPractice} "$(ABOUT_PRACTICE)"
  !insertmacro MUI_DESCRIPTION_TEXT ${PartAutostart} "$(ABOUT_AUTOSTART)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  ${IfNot} ${AtLeastWin10}
    !insertmacro GiveUp ${EXIT_UNFIT} "$(OLD_WINDOWS)"
  ${EndIf}
  StrCpy $Everybody "0"
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    StrCpy $Everybody "1"
  ${EndIf}
  !insertmacro RefuseWithoutRights
  Call LookAtWhatIsThere
  Call RefuseWhileRunning
FunctionEnd

; What is installed in this context decides folder and choices, unless the command line does.
Function LookAtWhatIsThere
  !insertmacro UseContext
  ${If} $INSTDIR == ""
    ReadRegStr $INSTDIR SHCTX "${HOME}" "InstallDir"
  ${EndIf}
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${APP}"
    ${If} $Everybody == "1"
      StrCpy $INSTDIR "$PROGRAMFILES64\${APP}"
    ${EndIf}
  ${EndIf}
  !insertmacro Choose $Practice "Practice" "1"
  !insertmacro Choose $Autostart "Autostart" "0"
  ${If} $Practice == "0"
    !insertmacro UnselectSection ${PartPractice}
  ${EndIf}
  ${If} $Autostart == "1"
    !insertmacro SelectSection ${PartAutostart}
  ${EndIf}
  ReadRegStr $Found SHCTX "${HOME}" "Version"
  ${VersionCompare} "$Found" "${VERSION}" $R0
  ${If} $Found != ""
  ${AndIf} $R0 == "1"
    StrCpy $0 $Found
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(OLDER)" /SD IDYES IDYES wanted
    Quit
    wanted:
  ${EndIf}
FunctionEnd

; Asked only of whoever may choose.
Function AskForWhom
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    Abort
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "$(FOR_WHOM)" "$(FOR_WHOM_MORE)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 10u 100% 12u "$(FOR_ME)"
  Pop $1
  ${NSD_CreateRadioButton} 0 28u 100% 12u "$(FOR_ALL)"
  Pop $ForAll
  ${If} $Everybody == "1"
    ${NSD_Check} $ForAll
  ${Else}
    ${NSD_Check} $1
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function TakeForWhom
  ${NSD_GetState} $ForAll $0
  ${If} $0 != $Everybody
    StrCpy $Everybody $0
    StrCpy $INSTDIR ""
    Call LookAtWhatIsThere
  ${EndIf}
FunctionEnd

; Without a customs gateway of its own the program can be tried in practice at once.
Function OpenProgram
  ${If} $Practice == "1"
    Exec '"$INSTDIR\${APP}.exe" --practice'
  ${Else}
    Exec '"$INSTDIR\${APP}.exe"'
  ${EndIf}
FunctionEnd

Function un.onInit
  StrCpy $Everybody "0"
  StrCpy $Data "0"
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    StrCpy $Everybody "1"
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/RemoveData" $R1
  ${IfNot} ${Errors}
    StrCpy $Data "1"
  ${EndIf}
  !insertmacro RefuseWithoutRights
  !insertmacro UseContext
FunctionEnd

; Only what the setup put there: the folder may be one that holds other things too.
Section "Uninstall"
  Call un.RefuseWhileRunning
  ${If} $Data == "0"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(REMOVE_DATA)" /SD IDNO IDNO kept
    StrCpy $Data "1"
    kept:
  ${EndIf}
  !insertmacro ForEachPart Remove
  RMDir /r "${OUTGOING}"
  RMDir /r "${INCOMING}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  !insertmacro RemoveShortcuts
  !insertmacro LeaveFileType
  DeleteRegValue SHCTX "${AUTOSTART}" "${APP}"
  DeleteRegKey SHCTX "${ENTRY}"
  DeleteRegKey SHCTX "${HOME}"
  ${If} $Data == "1"
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${APP}"
  ${EndIf}
SectionEnd
