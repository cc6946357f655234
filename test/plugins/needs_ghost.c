/* needs_ghost.c - needs a library that is not installed, or a symbol that nobody has. */
#include "wrong_abi.c"

extern int ghost(void);
int call_ghost(void);
int call_ghost(void) { return ghost(); }
