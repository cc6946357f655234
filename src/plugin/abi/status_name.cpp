// status_name.cpp - the names of statuses in batsched.h.
#include "plugin/abi/status_name.hpp"

namespace batsim {

const char* status_name(batsched_status_t status) {
    switch (status) {
        case BATSCHED_OK: return "OK";
        case BATSCHED_REFUSED: return "REFUSED";
        case BATSCHED_ALREADY_GONE: return "ALREADY_GONE";
        case BATSCHED_UNSUPPORTED: return "UNSUPPORTED";
        case BATSCHED_FAILED: return "FAILED";
        case BATSCHED_INVALID_ARGUMENT: return "INVALID_ARGUMENT";
        case BATSCHED_UNKNOWN_ID: return "UNKNOWN_ID";
        case BATSCHED_NOT_OWNER: return "NOT_OWNER";
        case BATSCHED_WRONG_STATE: return "WRONG_STATE";
        case BATSCHED_HOSTS_BUSY: return "HOSTS_BUSY";
        default: return "";
    }
}

} // namespace batsim
