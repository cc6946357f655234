// status.hpp - the engine's answer to a scheduler's request.
#ifndef BATSIM_ENGINE_STATUS_HPP
#define BATSIM_ENGINE_STATUS_HPP

namespace batsim {

// Positive: not done, nothing changed. Negative: the scheduler broke the contract.
enum class Status : int {
    kOk = 0,
    kRefused = 1,
    kAlreadyGone = 2,
    kUnsupported = 3,
    kInvalidArgument = -2,
    kUnknownId = -3,
    kNotOwner = -4,
    kWrongState = -5,
    kHostsBusy = -6,
};

} // namespace batsim

#endif
