/* guard.h - what the simulator and the guard of a plugin's namespace know of each other. */
#ifndef BATSIM_PLUGIN_GUARD_H
#define BATSIM_PLUGIN_GUARD_H
/* NOLINTBEGIN: this is C, also where it is included by C++ */

#include <stddef.h>

/* Threads have one array of 1024 slots for the keys of all C libraries, but each library counts its
 * keys from 0. So each of the 16 namespaces gets a range of its own. */
enum { batsim_keys_per_namespace = 64 };

/* The one object of the guard that the simulator fills in, in the guard's file, before it is loaded. */
struct batsim_guard {
    /* Called when the plugin calls a function that ends the process or its main thread. Does not
     * return if the simulator takes over. */
    void (*on_end)(const char* function, int status);
    /* free() of the simulator's C library; NULL: do not touch the blocks of threads. */
    void (*free_block)(void* block);
    char root[64];     /* the name under which the guard itself is loaded */
    char plugin[4096]; /* the path of the plugin */
    /* Signals that the plugin does not get blocked, as bits from that of number 1 on: those of crashes in
     * any thread, and those for the simulator in its thread. */
    unsigned long crash_signals;
    unsigned long signals_of_simulator;
};

/* A thread's table of blocks of thread-local data, one for each library that has such data. The
 * layout is glibc's own business; namespace_support.cpp checks it before anything relies on it. */
struct batsim_thread_block {
    union {
        size_t counter;
        void* data;
    };
    void* to_free; /* what the dynamic linker has got from malloc; NULL: nothing */
};

/* The entries are table[1] to table[table[-1].counter]. */
static inline struct batsim_thread_block* batsim_thread_blocks(void) {
    struct batsim_thread_block* table;
#if defined(__x86_64__)
    __asm__("mov %%fs:8, %0" : "=r"(table));
#elif defined(__aarch64__)
    struct batsim_thread_block** thread;
    __asm__("mrs %0, tpidr_el0" : "=r"(thread));
    table = *thread;
#else
#error "unknown machine: say where glibc keeps the table (dtv in its tcbhead_t)"
#endif
    return table;
}

/* NOLINTEND */
#endif
