// subject.cpp - the plugin that is checked.
#include "check/subject.hpp"

#include "plugin/open_plugin.hpp"

namespace batsim {

Subject::Subject(std::string path, std::string config, Isolation isolation, std::uint64_t seed,
                 const Log& log, SharedText& activity)
    : path_(std::move(path)),
      config_(std::move(config)),
      isolation_(isolation),
      seed_(seed),
      log_(log),
      activity_(activity) {}

const Library& Subject::copy(std::size_t k, Isolation isolation) {
    const std::pair key{isolation, k};
    const auto known = copies_.find(key);
    if (known != copies_.end()) return known->second;
    return copies_.emplace(key, load_plugin(path_, isolation)).first->second;
}

std::unique_ptr<Plugin> Subject::plugin(std::size_t k, Isolation isolation) {
    if (isolation == Isolation::kProcess) return open_plugin(path_, isolation);
    return make_plugin(copy(k, isolation));
}

} // namespace batsim
