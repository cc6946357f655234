// subject.hpp - the plugin that is checked.
#ifndef BATSIM_CHECK_SUBJECT_HPP
#define BATSIM_CHECK_SUBJECT_HPP

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/log.hpp"
#include "check/shared_text.hpp"
#include "plugin/loading/plugin.hpp"

namespace batsim {

// A Subject is a plugin and how it is to be checked. Each copy of it is loaded once for all checks of
// a process, because there is room for few.
class Subject {
  public:
    // What the plugin logs goes to `log`; what it is doing is noted in `activity`.
    Subject(std::string path, std::string config, Isolation isolation, std::uint64_t seed,
            const Log& log, SharedText& activity);

    const std::string& path() const { return path_; }
    const std::string& config() const { return config_; }
    Isolation isolation() const { return isolation_; }
    std::uint64_t seed() const { return seed_; }
    const Log& log() const { return log_; }
    SharedText& activity() const { return activity_; }

    // The k-th copy in this process, loaded now if need be. Without namespaces all copies are one. Throws
    // LoadError.
    const Library& copy(std::size_t k = 0) { return copy(k, isolation_here()); }
    const Library& copy(std::size_t k, Isolation isolation);
    // As it will be loaded; where that is in another process, in a namespace of this one.
    Isolation isolation_here() const {
        return isolation_ == Isolation::kNone ? Isolation::kNone : Isolation::kNamespace;
    }
    // For one instance: the k-th copy, or a process of its own. Throws LoadError.
    std::unique_ptr<Plugin> plugin() { return plugin(0, isolation_); }
    std::unique_ptr<Plugin> plugin(std::size_t k, Isolation isolation);

  private:
    std::string path_, config_;
    Isolation isolation_;
    std::uint64_t seed_;
    const Log& log_;
    SharedText& activity_;
    std::map<std::pair<Isolation, std::size_t>, Library> copies_;
};

} // namespace batsim

#endif
