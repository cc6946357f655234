/* user.c - a library that uses libbase.so; built as user-1, which needs version 1 of it, and as
 * user-2, which needs version 2. Each finds its own by DT_RUNPATH. */
#include <stdio.h>
#include <stdlib.h>

extern int base_version(void);
extern int base_global;

int user_global = 200 + USER_VERSION;

int user_version(void);
int user_version(void) { return USER_VERSION; }

/* Which base does it see? */
int version_of_base(void);
int version_of_base(void) { return base_version(); }
int* global_of_base(void);
int* global_of_base(void) { return &base_global; }

/* "user-1 on base-1", from malloc: the caller frees it, with the free of this namespace. */
char* fullname(void);
char* fullname(void) {
    char* text = malloc(64);
    if (text != NULL) snprintf(text, 64, "user-%d on base-%d", USER_VERSION, base_version());
    return text;
}
