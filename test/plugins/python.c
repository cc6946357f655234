/* python.c - embeds a Python interpreter that computes with numpy, lets C call back into Python, and
 * has threads. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static const char kPrepare[] =
    "import ctypes, threading\n"
    "import numpy\n"
    "values = []\n"
    "Compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int),\n"
    "                           ctypes.POINTER(ctypes.c_int))\n"
    "@Compare\n"
    "def compare(a, b):\n"
    "    return a[0] - b[0]\n"
    "own = ctypes.CDLL(None)\n"
    "def work():\n"
    "    array = (ctypes.c_int * 4)(3, 1, 4, 2)\n"
    "    own.qsort(array, 4, 4, compare)\n"
    "    assert list(array) == [1, 2, 3, 4], list(array)\n"
    "    thread = threading.Thread(target=lambda: values.append(numpy.arange(100).sum()))\n"
    "    thread.start()\n"
    "    thread.join()\n"
    "    assert values[-1] == 4950, values\n"
    "    assert ctypes.pythonapi.Py_IsInitialized() == 1\n";

static int is_started;

static const char* start_python(void) {
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.install_signal_handlers = 0;
    /* Debian's, whatever python3 the PATH leads to. */
    PyConfig_SetString(&config, &config.program_name, L"/usr/bin/python3");
    const PyStatus status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status)) return "Python does not start";
    is_started = 1;
    return PyRun_SimpleString(kPrepare) == 0 ? NULL : "Python cannot be prepared";
}

static const char* work(void) {
    const char* problem = is_started ? NULL : start_python();
    if (problem != NULL) return problem;
    if (!PyGILState_Check()) return "Python does not know its thread";
    return PyRun_SimpleString("work()") == 0 ? NULL : "Python has raised an exception";
}

#define HAS_FINALIZE
#include "guest.h"

static void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit) {
    (void)self, (void)exit;
    if (is_started && Py_FinalizeEx() != 0) fputs("Python has not ended well\n", stderr);
}

BATSCHED_PLUGIN("python", "1.0.0", "Embeds Python");
