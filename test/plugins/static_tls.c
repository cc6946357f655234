/* static_tls.c - has more thread-local data of the kind that needs room when the plugin is loaded than
 * the C library has by default. */
#include <stddef.h>

static _Thread_local volatile char room[3000] __attribute__((tls_model("initial-exec")));

static const char* work(void) {
    room[2999] = 1;
    return NULL;
}

#include "guest.h"
BATSCHED_PLUGIN("static-tls", "1.0.0", "Has much static thread-local data");
