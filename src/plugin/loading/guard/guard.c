/* guard.c - the first library of a plugin's namespace, where it stands in front of the C library.
 *
 * It is built without any library, embedded into the program, and loaded from memory with the plugin
 * as its only dependency (see namespace_root.cpp). So it is what the main program is to an ordinary
 * process: its symbols win over those of all others, and because of -z initfirst its constructor runs
 * before theirs. References to the C library are weak: a plugin may do without one. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "guard.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <threads.h>
#include <unistd.h>

#pragma weak dladdr1
#pragma weak dlinfo
#pragma weak dlsym
#pragma weak getpid
#pragma weak gettid
#pragma weak mmap
#pragma weak munmap
#pragma weak pthread_key_create
#pragma weak pthread_key_delete
#pragma weak pthread_setspecific
#pragma weak sigaltstack

#define EXPORTED __attribute__((visibility("default")))

/* Not zero, so that it is in the file. */
EXPORTED struct batsim_guard batsim_guard = {NULL, NULL, "?", "?", 0, 0};

/* The C library's own functions. */
static struct {
    void (*exit)(int);
    void (*_exit)(int);
    void (*quick_exit)(int);
    void (*pthread_exit)(void*);
    int (*pthread_create)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
    int (*thrd_create)(thrd_t*, thrd_start_t, void*);
    int (*pthread_sigmask)(int, const sigset_t*, sigset_t*);
    int (*sigprocmask)(int, const sigset_t*, sigset_t*);
} next;
/* Not static: the assembly below uses it. */
__attribute__((visibility("hidden"))) void* batsim_next_dlopen;

/* ---- Ends of the process ---------------------------------------------------------------------- */

/* If the simulator does not take over (the caller is a process that the plugin has forked off), the
 * C library goes on. */

EXPORTED void exit(int status) {
    batsim_guard.on_end("exit", status);
    next.exit(status);
    __builtin_unreachable();
}

EXPORTED void _exit(int status) {
    batsim_guard.on_end("_exit", status);
    next._exit(status);
    __builtin_unreachable();
}

EXPORTED void _Exit(int status) {
    batsim_guard.on_end("_Exit", status);
    next._exit(status);
    __builtin_unreachable();
}

EXPORTED void quick_exit(int status) {
    batsim_guard.on_end("quick_exit", status);
    next.quick_exit(status);
    __builtin_unreachable();
}

/* Threads of the plugin may call it, the one thread of the simulator must not end. */
EXPORTED void pthread_exit(void* result) {
    if (gettid() == getpid()) batsim_guard.on_end("pthread_exit", 0);
    next.pthread_exit(result);
    __builtin_unreachable();
}

/* ---- Threads ---------------------------------------------------------------------------------- */

/* The dynamic linker takes blocks of thread-local data from the malloc of the simulator's C library.
 * When a thread is over, the C library keeps its stack for the next one, and gives such blocks to its
 * own free, which does not know them. So every thread hands them back itself, at the last moment: in
 * the last round of destructors of keys, as the last key of this namespace. */

static pthread_key_t last_key; /* its value: the struct thread */
static int has_last_key;

/* What a thread needs from its beginning to its end, mapped for it alone. */
struct thread {
    void* (*routine)(void*);
    thrd_start_t c11_routine;
    void* argument;
    size_t round;                               /* of destructors */
    _Alignas(64) char stack_for_signals[65536]; /* to notice that its own one has overflowed */
};

static void hand_back_thread_blocks(void) {
    struct batsim_thread_block* table = batsim_thread_blocks();
    const size_t count = table[-1].counter;
    for (size_t i = 1; i <= count; ++i) {
        void* block = table[i].to_free;
        if (block == NULL) continue;
        table[i].data = (void*)-1; /* glibc's mark of a block that does not exist yet */
        table[i].to_free = NULL;
        batsim_guard.free_block(block);
    }
}

static void release_thread(struct thread* thread) {
    stack_t stack;
    if (sigaltstack(NULL, &stack) != 0 || (stack.ss_flags & SS_ONSTACK) != 0) return; /* in use */
    if (stack.ss_sp == thread->stack_for_signals) {
        stack.ss_flags = SS_DISABLE;
        sigaltstack(&stack, NULL);
    }
    munmap(thread, sizeof *thread);
}

static void on_destructor_round(void* value) {
    struct thread* thread = value;
    if (++thread->round < PTHREAD_DESTRUCTOR_ITERATIONS) {
        pthread_setspecific(last_key, thread);
        return;
    }
    hand_back_thread_blocks();
    release_thread(thread);
}

static void begin_thread(struct thread* thread) {
    const stack_t stack = {.ss_sp = thread->stack_for_signals,
                           .ss_size = sizeof thread->stack_for_signals};
    sigaltstack(&stack, NULL);
    pthread_setspecific(last_key, thread);
}

static void* run_thread(void* value) {
    struct thread* thread = value;
    begin_thread(thread);
    return thread->routine(thread->argument);
}

static int run_c11_thread(void* value) {
    struct thread* thread = value;
    begin_thread(thread);
    return thread->c11_routine(thread->argument);
}

static struct thread* make_thread(void) {
    void* room = mmap(NULL, sizeof(struct thread), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return room == MAP_FAILED ? NULL : room;
}

EXPORTED int pthread_create(pthread_t* id, const pthread_attr_t* attributes,
                            void* (*routine)(void*), void* argument) {
    if (!has_last_key) return next.pthread_create(id, attributes, routine, argument);
    struct thread* thread = make_thread();
    if (thread == NULL) return EAGAIN;
    thread->routine = routine;
    thread->argument = argument;
    const int status = next.pthread_create(id, attributes, run_thread, thread);
    if (status != 0) munmap(thread, sizeof *thread);
    return status;
}

EXPORTED int thrd_create(thrd_t* id, thrd_start_t routine, void* argument) {
    if (!has_last_key) return next.thrd_create(id, routine, argument);
    struct thread* thread = make_thread();
    if (thread == NULL) return thrd_nomem;
    thread->c11_routine = routine;
    thread->argument = argument;
    const int status = next.thrd_create(id, run_c11_thread, thread);
    if (status != thrd_success) munmap(thread, sizeof *thread);
    return status;
}

/* ---- Signals ---------------------------------------------------------------------------------- */

/* A crash whose signal is blocked ends the process without a word, and the simulator could be neither
 * interrupted nor leave a call that does not return. */
static const sigset_t* without_ours(int how, const sigset_t* set, sigset_t* copy) {
    if (set == NULL || how == SIG_UNBLOCK) return set;
    unsigned long ours = batsim_guard.crash_signals;
    if (gettid() == getpid()) ours |= batsim_guard.signals_of_simulator;
    *copy = *set;
    *(unsigned long*)copy &= ~ours; /* the first 64 signals, which are all */
    return copy;
}

EXPORTED int pthread_sigmask(int how, const sigset_t* set, sigset_t* before) {
    sigset_t copy;
    return next.pthread_sigmask(how, without_ours(how, set, &copy), before);
}

EXPORTED int sigprocmask(int how, const sigset_t* set, sigset_t* before) {
    sigset_t copy;
    return next.sigprocmask(how, without_ours(how, set, &copy), before);
}

/* ---- dlopen ----------------------------------------------------------------------------------- */

/* glibc crashes when RTLD_GLOBAL is used outside of the first namespace, so it is left out. And
 * dlopen(NULL) must mean this namespace, not the simulator. It jumps to the real function instead of
 * calling it, because that looks at its caller to find the folders to search. */
_Static_assert(RTLD_GLOBAL == 0x100 && RTLD_NOLOAD == 4, "the assembly below has these numbers");
_Static_assert(offsetof(struct batsim_guard, root) == 16, "and this one");
__asm__(
    ".text\n"
    ".globl dlopen\n"
    ".type dlopen, %function\n"
    "dlopen:\n"
#if defined(__x86_64__)
    "    testq %rdi, %rdi\n"
    "    jne 1f\n"
    "    movq batsim_guard@GOTPCREL(%rip), %rdi\n"
    "    addq $16, %rdi\n"
    "    orl $4, %esi\n"
    "1:  andl $~0x100, %esi\n"
    "    jmpq *batsim_next_dlopen(%rip)\n"
#elif defined(__aarch64__)
    "    cbnz x0, 1f\n"
    "    adrp x0, :got:batsim_guard\n"
    "    ldr x0, [x0, :got_lo12:batsim_guard]\n"
    "    add x0, x0, #16\n"
    "    orr w1, w1, #4\n"
    "1:  and w1, w1, #~0x100\n"
    "    adrp x16, batsim_next_dlopen\n"
    "    ldr x16, [x16, :lo12:batsim_next_dlopen]\n"
    "    br x16\n"
#endif
    ".size dlopen, . - dlopen\n");

/* ---- Preparation ------------------------------------------------------------------------------ */

static void find(void* function, const char* name) { *(void**)function = dlsym(RTLD_NEXT, name); }

static void find_functions(void) {
    find(&next.exit, "exit");
    find(&next._exit, "_exit");
    find(&next.quick_exit, "quick_exit");
    find(&next.pthread_exit, "pthread_exit");
    find(&next.pthread_create, "pthread_create");
    find(&next.thrd_create, "thrd_create");
    find(&next.pthread_sigmask, "pthread_sigmask");
    find(&next.sigprocmask, "sigprocmask");
    find(&batsim_next_dlopen, "dlopen");
}

static void reserve_keys(void) {
    Dl_info info;
    struct link_map* self = NULL;
    Lmid_t namespace_id = 0;
    if (dladdr1(&batsim_guard, &info, (void**)&self, RTLD_DL_LINKMAP) == 0 ||
        dlinfo(self, RTLD_DI_LMID, &namespace_id) != 0)
        return;
    const pthread_key_t first = (pthread_key_t)namespace_id * batsim_keys_per_namespace;
    const pthread_key_t last = first + batsim_keys_per_namespace - 1;
    pthread_key_t key = 0;
    do {
        if (pthread_key_create(&key, NULL) != 0) return;
    } while (key < last - 1);
    has_last_key =
        batsim_guard.free_block != NULL && pthread_key_create(&last_key, on_destructor_round) == 0;
    for (key = first; key < last; ++key) pthread_key_delete(key);
}

__attribute__((constructor)) static void prepare(void) {
    if (dlsym == NULL) return; /* there is no C library */
    find_functions();
    reserve_keys();
}
