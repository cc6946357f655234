/* base.c - a library with a version and a global; built three times as libbase.so, with versions
 * 0, 1 and 2. */
int base_version(void);
int base_version(void) { return BASE_VERSION; }

int base_global = 100 + BASE_VERSION;
