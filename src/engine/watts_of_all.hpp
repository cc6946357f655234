// watts_of_all.hpp - the power of many hosts together.
#ifndef BATSIM_ENGINE_WATTS_OF_ALL_HPP
#define BATSIM_ENGINE_WATTS_OF_ALL_HPP

#include <cstdint>
#include <map>

namespace batsim {

// A WattsOfAll counts hosts by what they draw: their sum depends on what they draw now alone, not on
// how often that has changed, and costs as much as there are different powers.
class WattsOfAll {
  public:
    void add(double watts) { ++host_counts_[watts]; }
    void replace(double old, double watts) {
        const auto found = host_counts_.find(old);
        if (--found->second == 0) host_counts_.erase(found);
        add(watts);
    }
    double sum() const {
        double sum = 0;
        for (const auto& [watts, count] : host_counts_) sum += watts * static_cast<double>(count);
        return sum;
    }

  private:
    std::map<double, std::uint64_t> host_counts_;
};

} // namespace batsim

#endif
