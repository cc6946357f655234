/* mallctl.c - looks like jemalloc. */
int mallctl(void);
int mallctl(void) { return 0; }
