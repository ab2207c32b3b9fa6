/* Random numbers as Windows 10's bcryptprimitives.dll gives them, taken from advapi32. For the Wine prefix only. */
#include <windows.h>

/* By this name a stand-in is found should one ever get into the product. */
__declspec(dllexport) const char yuyue_stand_in[] = "yuyue_stand_in";

/* RtlGenRandom under the name it is exported by. */
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

#define LARGEST_PIECE 0x1000000

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
    while (length > 0) {
        ULONG piece = length < LARGEST_PIECE ? (ULONG)length : LARGEST_PIECE;
        if (!SystemFunction036(buffer, piece))
            return FALSE;
        buffer += piece;
        length -= piece;
    }
    return TRUE;
}
