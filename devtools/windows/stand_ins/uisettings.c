/* The WinRT class Windows.UI.ViewManagement.UISettings with Windows 10's light colours. For the Wine prefix only.

   One static object answers for each of the five interfaces Qt asks for; nothing is ever freed, so counting references
   is a formality. The order of functions in each table is the interface's own. */
#include <string.h>
#include <windows.h>

/* By this name a stand-in is found should one ever get into the product. */
__declspec(dllexport) const char yuyue_stand_in[] = "yuyue_stand_in";

typedef struct { void **functions; } Interface;
typedef struct { BYTE alpha, red, green, blue; } Colour;

static const GUID IUNKNOWN = {0x00000000, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID IINSPECTABLE = {0xAF86E2E0, 0xB12D, 0x4C6A, {0x9C, 0x5A, 0xD7, 0xAA, 0x65, 0x10, 0x1E, 0x90}};
static const GUID IAGILE = {0x94EA2B94, 0xE9CC, 0x49E0, {0xC0, 0xFF, 0xEE, 0x64, 0xCA, 0x8F, 0x5B, 0x90}};
static const GUID IFACTORY = {0x00000035, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID SETTINGS[] = {
    {0x85361600, 0x1C63, 0x4627, {0xBC, 0xB1, 0x3A, 0x89, 0xE0, 0xBC, 0x9C, 0x55}},
    {0xBAD82401, 0x2721, 0x44F9, {0xBB, 0x91, 0x2B, 0xB2, 0x28, 0xBE, 0x44, 0x2F}},
    {0x03021BE4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xF7, 0xD0, 0x6D, 0x7B}},
    {0x52BB3002, 0x919B, 0x4D6B, {0x9B, 0x78, 0x8D, 0xD6, 0x6F, 0xF4, 0xB9, 0x3B}},
    {0x5349D588, 0x0CB5, 0x5F05, {0xBD, 0x34, 0x70, 0x6B, 0x32, 0x31, 0xF0, 0xBD}},
};
enum { SETTINGS_COUNT = sizeof SETTINGS / sizeof SETTINGS[0] };

static HRESULT WINAPI query_settings(Interface *self, const GUID *wanted, void **found);
static HRESULT WINAPI query_factory(Interface *self, const GUID *wanted, void **found);
static ULONG WINAPI count_reference(Interface *self) { return 1; }
static HRESULT WINAPI list_interfaces(Interface *self, ULONG *count, GUID **list) { *count = 0; *list = NULL; return S_OK; }
static HRESULT WINAPI class_name(Interface *self, void **name) { *name = NULL; return S_OK; }
static HRESULT WINAPI trust_level(Interface *self, int *level) { *level = 0; return S_OK; }

static HRESULT WINAPI say_one(Interface *self, UINT32 *value) { *value = 1; return S_OK; }
static HRESULT WINAPI say_half_second(Interface *self, UINT32 *value) { *value = 500; return S_OK; }
static HRESULT WINAPI say_no(Interface *self, BYTE *value) { *value = 0; return S_OK; }
static HRESULT WINAPI say_scale_one(Interface *self, double *value) { *value = 1.0; return S_OK; }
static HRESULT WINAPI say_small_size(Interface *self, float *size) { size[0] = size[1] = 16.0f; return S_OK; }
static HRESULT WINAPI add_listener(Interface *self, void *listener, INT64 *token) { *token = 1; return S_OK; }
static HRESULT WINAPI remove_listener(Interface *self, INT64 token) { return S_OK; }

static HRESULT WINAPI colour_of(Interface *self, int which, Colour *colour)
{
    /* background, foreground, three darker accents, the accent, three lighter accents */
    static const Colour colours[] = {
        {255, 255, 255, 255}, {255, 0, 0, 0}, {255, 0, 38, 66}, {255, 0, 62, 108}, {255, 0, 90, 158},
        {255, 0, 120, 215}, {255, 66, 156, 227}, {255, 118, 185, 237}, {255, 166, 216, 255},
    };
    int last = (int)(sizeof colours / sizeof colours[0]) - 1;
    *colour = colours[which < 0 || which > last ? last : which];
    return S_OK;
}

static HRESULT WINAPI element_colour(Interface *self, int which, Colour *colour) { return colour_of(self, 0, colour); }

#define INSPECTABLE(query) query, count_reference, count_reference, list_interfaces, class_name, trust_level
static void *first[] = { INSPECTABLE(query_settings),
    say_one,            /* HandPreference */
    say_small_size, say_small_size, say_small_size, say_small_size,  /* cursor, scroll bar, its arrow, its thumb */
    say_half_second,    /* MessageDuration */
    say_no, say_no,     /* AnimationsEnabled, CaretBrowsingEnabled */
    say_half_second, say_one,  /* CaretBlinkRate, CaretWidth */
    say_half_second, say_one,  /* DoubleClickTime, MouseHoverTime */
    element_colour };
static void *second[] = { INSPECTABLE(query_settings), say_scale_one, add_listener, remove_listener };
static void *third[] = { INSPECTABLE(query_settings), colour_of, add_listener, remove_listener };
static void *fourth[] = { INSPECTABLE(query_settings), say_no, add_listener, remove_listener };
static void *fifth[] = { INSPECTABLE(query_settings), say_no, add_listener, remove_listener };
static Interface settings[SETTINGS_COUNT] = { {first}, {second}, {third}, {fourth}, {fifth} };

static int is_one(const GUID *wanted, const GUID *known) { return memcmp(wanted, known, sizeof *wanted) == 0; }

static int is_plain(const GUID *wanted)
{
    return is_one(wanted, &IUNKNOWN) || is_one(wanted, &IINSPECTABLE) || is_one(wanted, &IAGILE);
}

static HRESULT WINAPI query_settings(Interface *self, const GUID *wanted, void **found)
{
    *found = is_plain(wanted) ? &settings[0] : NULL;
    for (int i = 0; i < SETTINGS_COUNT; i++)
        if (is_one(wanted, &SETTINGS[i]))
            *found = &settings[i];
    return *found ? S_OK : E_NOINTERFACE;
}

static HRESULT WINAPI activate(Interface *self, void **instance) { *instance = &settings[0]; return S_OK; }

static void *factory_functions[] = { INSPECTABLE(query_factory), activate };
static Interface factory = {factory_functions};

static HRESULT WINAPI query_factory(Interface *self, const GUID *wanted, void **found)
{
    *found = is_plain(wanted) || is_one(wanted, &IFACTORY) ? self : NULL;
    return *found ? S_OK : E_NOINTERFACE;
}

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(void *class, void **found) { *found = &factory; return S_OK; }
__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }
