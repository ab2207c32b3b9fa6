/* How many RSA signatures a second a PKCS#11 driver makes with nothing around it: `raw_signatures MODULE SECONDS`,
   the PIN on standard input; prints the rate. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef unsigned long ulong_t;
typedef struct { ulong_t type; void *value; ulong_t length; } attribute_t;
typedef struct { ulong_t mechanism; void *parameter; ulong_t length; } mechanism_t;

enum { SERIAL_SESSION = 4, USER = 1, CLASS = 0, PRIVATE_KEY = 3, RSA_PKCS = 1, DIGEST_INFO = 51 };

static void *library;

#define CALL(name, types, ...)                                                       \
    do {                                                                             \
        ulong_t rv = ((ulong_t (*) types)dlsym(library, name))(__VA_ARGS__);         \
        if (rv) { fprintf(stderr, "%s: 0x%lx\n", name, rv); exit(1); }               \
    } while (0)

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    char pin[64] = "";
    ulong_t slots[16], found = 16, session, key, keys = 0, made = 0, class = PRIVATE_KEY;
    unsigned char content[DIGEST_INFO] = {0}, signature[512];
    attribute_t wanted = {CLASS, &class, sizeof class};
    mechanism_t mechanism = {RSA_PKCS, NULL, 0};
    if (count != 3 || !fgets(pin, sizeof pin, stdin)) return 2;
    pin[strcspn(pin, "\n")] = 0;
    library = dlopen(arguments[1], RTLD_NOW);
    if (!library) return 3;
    CALL("C_Initialize", (void *), NULL);
    CALL("C_GetSlotList", (unsigned char, ulong_t *, ulong_t *), 1, slots, &found);
    CALL("C_OpenSession", (ulong_t, ulong_t, void *, void *, ulong_t *), slots[0], SERIAL_SESSION, NULL, NULL, &session);
    CALL("C_Login", (ulong_t, ulong_t, char *, ulong_t), session, USER, pin, strlen(pin));
    CALL("C_FindObjectsInit", (ulong_t, attribute_t *, ulong_t), session, &wanted, 1);
    CALL("C_FindObjects", (ulong_t, ulong_t *, ulong_t, ulong_t *), session, &key, 1, &keys);
    CALL("C_FindObjectsFinal", (ulong_t), session);
    if (!keys) return 4;
    double begin = now(), end = begin + atof(arguments[2]);
    while (now() < end) {
        ulong_t length = sizeof signature;
        CALL("C_SignInit", (ulong_t, mechanism_t *, ulong_t), session, &mechanism, key);
        CALL("C_Sign", (ulong_t, unsigned char *, ulong_t, unsigned char *, ulong_t *), session, content, DIGEST_INFO,
             signature, &length);
        made++;
    }
    printf("%.1f\n", made / (now() - begin));
    return 0;
}
