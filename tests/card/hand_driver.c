/* A PKCS#11 driver around SoftHSM2 with what SoftHSM2 lacks: a reader that cards are put into, a PIN counter that locks,
   and bad days. What it does is told by files in $HAND_DRIVER_FOLDER; every PIN it is shown is counted there. */
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long rv_t, slot_t, session_t;
typedef void *function_t;
typedef struct { unsigned char version[2]; function_t functions[68]; } list_t;

enum { INITIALIZE = 0, GET_SLOT_LIST = 4, GET_TOKEN_INFO = 6, LOGIN = 18, SIGN = 43 };
enum { OK = 0, GENERAL_ERROR = 5, PIN_INCORRECT = 0xA0, PIN_LOCKED = 0xA4, TRIES = 3, FLAGS_AT = 96, MOST_SLOTS = 16 };

static list_t real, ours;
static int is_blind;

static void path_of(char *path, const char *name) {
    snprintf(path, 4096, "%s/%s", getenv("HAND_DRIVER_FOLDER"), name);
}

static int exists(const char *name) {
    char path[4096];
    path_of(path, name);
    return access(path, F_OK) == 0;
}

static int read_text(const char *name, char *text, int size) {
    char path[4096];
    path_of(path, name);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    int length = (int)fread(text, 1, size - 1, file);
    fclose(file);
    text[length] = 0;
    return length;
}

static void count(const char *name) {
    char path[4096];
    path_of(path, name);
    FILE *file = fopen(path, "a");
    fputc('.', file);
    fclose(file);
}

static int tries_left(void) {
    char text[16];
    return read_text("tries", text, sizeof text) ? atoi(text) : TRIES;
}

static void set_tries(int tries) {
    char path[4096];
    path_of(path, "tries");
    FILE *file = fopen(path, "w");
    fprintf(file, "%d", tries);
    fclose(file);
}

static void bad_day(const char *function) {
    char name[64];
    printf("driver noise in %s\n", function);
    fflush(stdout);
    snprintf(name, sizeof name, "hang-in-%s", function);
    if (exists(name)) {
        count("hanging");
        for (;;) pause();
    }
    snprintf(name, sizeof name, "crash-in-%s", function);
    if (exists(name)) raise(SIGSEGV);
}

static rv_t token_info(slot_t slot, unsigned char *info) {
    rv_t rv = ((rv_t (*)(slot_t, unsigned char *))real.functions[GET_TOKEN_INFO])(slot, info);
    unsigned long *flags = (unsigned long *)(info + FLAGS_AT);
    int tries = tries_left();
    if (rv == OK && tries == 2) *flags |= 0x10000;
    if (rv == OK && tries == 1) *flags |= 0x20000;
    if (rv == OK && tries == 0) *flags |= 0x40000;
    return rv;
}

/* As a driver that another program uses at this moment: so many times it can't say. */
static rv_t told_token_info(slot_t slot, unsigned char *info) {
    char path[4096], text[16];
    int times = read_text("silent", text, sizeof text) ? atoi(text) : 0;
    if (times <= 0) return token_info(slot, info);
    path_of(path, "silent");
    FILE *file = fopen(path, "w");
    fprintf(file, "%d", times - 1);
    fclose(file);
    return GENERAL_ERROR;
}

/* As a driver that began while another program wrote to the card: it sees none until it begins anew. */
static rv_t initialize(void *arguments) {
    char path[4096];
    path_of(path, "blind");
    is_blind = !remove(path);
    return ((rv_t (*)(void *))real.functions[INITIALIZE])(arguments);
}

/* The one token whose label is in the file "inserted". */
static rv_t slot_list(unsigned char present, slot_t *slots, unsigned long *number) {
    slot_t all[MOST_SLOTS];
    unsigned long found = MOST_SLOTS, visible = 0;
    unsigned char info[512];
    char label[64];
    bad_day("C_GetSlotList");
    int length = is_blind ? 0 : read_text("inserted", label, sizeof label);
    rv_t rv = ((rv_t (*)(unsigned char, slot_t *, unsigned long *))real.functions[GET_SLOT_LIST])(present, all, &found);
    for (unsigned long i = 0; rv == OK && length && i < found; i++)
        if (token_info(all[i], info) == OK && memcmp(info, label, length) == 0) {
            if (slots) slots[visible] = all[i];
            visible++;
        }
    *number = visible;
    return rv;
}

static rv_t login(session_t session, unsigned long user, unsigned char *pin, unsigned long length) {
    count("pins");
    bad_day("C_Login");
    int tries = tries_left();
    if (tries == 0) return PIN_LOCKED;
    rv_t rv = ((rv_t (*)(session_t, unsigned long, unsigned char *, unsigned long))real.functions[LOGIN])(
        session, user, pin, length);
    if (rv == PIN_INCORRECT) set_tries(tries - 1);
    if (rv == OK) set_tries(TRIES);
    return rv;
}

static rv_t sign(session_t session, unsigned char *data, unsigned long length, unsigned char *out, unsigned long *size) {
    bad_day("C_Sign");
    return ((rv_t (*)(session_t, unsigned char *, unsigned long, unsigned char *, unsigned long *))real.functions[SIGN])(
        session, data, length, out, size);
}

rv_t C_GetFunctionList(list_t **list) {
    list_t *found;
    void *library = dlopen(getenv("HAND_DRIVER_SOFTHSM"), RTLD_NOW | RTLD_LOCAL);
    if (!library) return GENERAL_ERROR;
    rv_t rv = ((rv_t (*)(list_t **))dlsym(library, "C_GetFunctionList"))(&found);
    if (rv != OK) return rv;
    real = ours = *found;
    ours.functions[INITIALIZE] = (function_t)initialize;
    ours.functions[GET_SLOT_LIST] = (function_t)slot_list;
    ours.functions[GET_TOKEN_INFO] = (function_t)told_token_info;
    ours.functions[LOGIN] = (function_t)login;
    ours.functions[SIGN] = (function_t)sign;
    *list = &ours;
    return OK;
}
