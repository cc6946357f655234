/* late_library.c - opens libraries while it runs, in ways for which glibc has no answer in a namespace
 * that is not the first: for all (RTLD_GLOBAL), and the program itself (NULL). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>

#include <batsched.h>

static const char* work(void) {
    void* maths = dlopen("libm.so.6", RTLD_NOW | RTLD_GLOBAL);
    if (maths == NULL) return dlerror();
    if (dlsym(maths, "cos") == NULL) return "there is no cos in libm";
    if (dlopen("libm.so.6", RTLD_NOW | RTLD_GLOBAL | RTLD_NOLOAD) != maths)
        return "libm is not there any more";
    /* Beside this plugin, where only its own run path leads. */
    if (dlopen("libbeside.so", RTLD_NOW) == NULL) return dlerror();
    void* program = dlopen(NULL, RTLD_NOW);
    if (program == NULL) return dlerror();
    if (dlsym(program, "batsched_vtable") != &batsched_vtable)
        return "dlopen(NULL) is not the plugin's own namespace";
    return NULL;
}

#include "guest.h"
BATSCHED_PLUGIN("late-library", "1.0.0", "Opens libraries while it runs");
