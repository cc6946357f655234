// scratch.hpp - what the simulator lends a plugin until the plugin's function returns.
#ifndef BATSIM_PLUGIN_SCRATCH_HPP
#define BATSIM_PLUGIN_SCRATCH_HPP

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "batsched.h"
#include "batsched/transfer.h"

namespace batsim {

class Scratch {
  public:
    const char* keep(std::string text) {
        texts_.push_back(std::move(text));
        return texts_.back().c_str();
    }
    const batsched_profile_t& keep(const batsched_profile_t& profile) {
        profiles_.push_back(profile);
        return profiles_.back();
    }
    batsched_job_history_t keep(std::vector<batsched_job_move_t> moves) {
        moves_.push_back(std::move(moves));
        return {moves_.back().data(), moves_.back().size()};
    }
    void clear() {
        if (!texts_.empty()) texts_.clear();
        if (!profiles_.empty()) profiles_.clear();
        if (!moves_.empty()) moves_.clear();
    }

  private:
    std::deque<std::string> texts_;
    std::deque<batsched_profile_t> profiles_;
    std::deque<std::vector<batsched_job_move_t>> moves_;
};

} // namespace batsim

#endif
