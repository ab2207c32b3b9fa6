/* The converter functions of Windows 10's icuuc.dll. None is available: Qt then uses its own. For the Wine prefix only. */
#include <stddef.h>
#include <stdint.h>

/* By this name a stand-in is found should one ever get into the product. */
__declspec(dllexport) const char yuyue_stand_in[] = "yuyue_stand_in";

#define EXPORT __declspec(dllexport)

typedef int32_t ErrorCode;
typedef uint16_t Char16;

enum { UNSUPPORTED = 16, LARGEST_CHARACTER = 4 };

static void refuse(ErrorCode *error)
{
    if (error != NULL && *error <= 0)
        *error = UNSUPPORTED;
}

EXPORT void *ucnv_open(const char *name, ErrorCode *error) { refuse(error); return NULL; }
EXPORT void ucnv_close(void *converter) { }
EXPORT void ucnv_reset(void *converter) { }
EXPORT int32_t ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getAvailableName(int32_t index) { return NULL; }
EXPORT const char *ucnv_getName(const void *converter, ErrorCode *error) { refuse(error); return NULL; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, ErrorCode *error) { refuse(error); return NULL; }
EXPORT int8_t ucnv_getMaxCharSize(const void *converter) { return LARGEST_CHARACTER; }

EXPORT void ucnv_getToUCallBack(const void *converter, void **action, const void **context)
{
    *action = NULL;
    *context = NULL;
}

EXPORT void ucnv_getFromUCallBack(const void *converter, void **action, const void **context)
{
    *action = NULL;
    *context = NULL;
}

EXPORT void ucnv_setToUCallBack(void *converter, void *action, const void *context, void **old_action,
                                const void **old_context, ErrorCode *error) { refuse(error); }
EXPORT void ucnv_setFromUCallBack(void *converter, void *action, const void *context, void **old_action,
                                  const void **old_context, ErrorCode *error) { refuse(error); }
EXPORT void ucnv_cbToUWriteUChars(void *arguments, const Char16 *source, int32_t length, int32_t offset,
                                  ErrorCode *error) { refuse(error); }
EXPORT void ucnv_cbFromUWriteUChars(void *arguments, const Char16 **source, const Char16 *limit, int32_t offset,
                                    ErrorCode *error) { refuse(error); }
EXPORT void ucnv_toUnicode(void *converter, Char16 **target, const Char16 *target_limit, const char **source,
                           const char *source_limit, int32_t *offsets, int8_t flush, ErrorCode *error) { refuse(error); }
EXPORT void ucnv_fromUnicode(void *converter, char **target, const char *target_limit, const Char16 **source,
                             const Char16 *source_limit, int32_t *offsets, int8_t flush, ErrorCode *error) { refuse(error); }
EXPORT int32_t ucnv_toUCountPending(const void *converter, ErrorCode *error) { refuse(error); return 0; }
EXPORT int32_t ucnv_fromUCountPending(const void *converter, ErrorCode *error) { refuse(error); return 0; }

/* Only their addresses are used. */
EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) { }
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) { }
