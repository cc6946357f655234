/* ghost.c - the library that needs_ghost needs; it is not there when the plugin is loaded. */
int ghost(void);
int ghost(void) { return 1; }
