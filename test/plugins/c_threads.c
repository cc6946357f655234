/* c_threads.c - makes threads of POSIX and of C11 that touch large thread-local data. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <threads.h>

static _Thread_local char room[20000];
static atomic_int done;

static int use_room(void) {
    memset(room, 'x', sizeof room);
    return room[sizeof room - 1] == 'x';
}

static void* posix_thread(void* unused) {
    done += use_room();
    return unused;
}

static int c11_thread(void* unused) {
    (void)unused;
    return use_room() ? 7 : 0;
}

static const char* work(void) {
    pthread_t joined[3];
    thrd_t c11;
    pthread_attr_t detached;
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    done = 0;
    for (int i = 0; i < 3; ++i) {
        pthread_t left;
        if (pthread_create(&joined[i], NULL, posix_thread, NULL) != 0 ||
            pthread_create(&left, &detached, posix_thread, NULL) != 0)
            return "a thread could not be made";
    }
    if (thrd_create(&c11, c11_thread, NULL) != thrd_success) return "no C11 thread could be made";
    for (int i = 0; i < 3; ++i) pthread_join(joined[i], NULL);
    int result = 0;
    thrd_join(c11, &result);
    while (done < 6) sched_yield();
    pthread_attr_destroy(&detached);
    return result == 7 ? NULL : "the C11 thread has miscalculated";
}

#include "guest.h"
BATSCHED_PLUGIN("c-threads", "1.0.0", "Makes threads, in C");
