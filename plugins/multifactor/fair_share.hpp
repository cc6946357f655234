// fair_share.hpp - how much users have used, and who should be served next for it.
#ifndef BATSIM_PLUGINS_MULTIFACTOR_FAIR_SHARE_HPP
#define BATSIM_PLUGINS_MULTIFACTOR_FAIR_SHARE_HPP

#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace multifactor {

// FairShare knows the usage of each user in host-seconds, of which a half is forgotten in each half-life,
// and, as of the last calculation, the factor 2^(-(u / s) / d): u is the user's part of all usage, s the
// user's part of all shares, d the dampening.
class FairShare {
  public:
    struct Settings {
        std::map<std::string, double> shares; // of users; others have 1
        double half_life;                     // s; 0: nothing is forgotten
        double reset_period;                  // s; 0: never. All is forgotten at multiples of it.
        double dampening;
    };
    using User = std::uint32_t;

    explicit FairShare(Settings settings) : settings_(std::move(settings)) {
        for (const auto& [name, shares] : settings_.shares) user(name);
    }

    // Who is not known yet has used nothing.
    User user(const std::string& name) {
        const auto [found, is_new] = numbers_.emplace(name, static_cast<User>(users_.size()));
        if (is_new) {
            const auto shares = settings_.shares.find(name);
            users_.push_back({shares == settings_.shares.end() ? 1 : shares->second});
            users_.back().factor = factor_of(0, users_.back().shares);
        }
        return found->second;
    }
    void started(User user, std::uint32_t hosts, double now) {
        advance(users_[user], now);
        users_[user].hosts += hosts;
    }
    void ended(User user, std::uint32_t hosts, double now) {
        advance(users_[user], now);
        users_[user].hosts -= hosts;
    }

    // As of a date that is not before anything that has happened.
    void calculate(double date) {
        double usage = 0, shares = 0;
        for (UserState& user : users_) {
            advance(user, date);
            usage += user.usage;
            shares += user.shares;
        }
        for (UserState& user : users_)
            user.factor = factor_of(usage > 0 ? user.usage / usage : 0, user.shares / shares);
    }
    double factor(User user) const { return users_[user].factor; }

  private:
    struct UserState {
        double shares;
        double usage = 0, updated = 0;
        std::uint64_t hosts = 0; // on which jobs run
        double factor = 0;
    };

    double factor_of(double usage, double shares) const {
        return shares > 0 ? std::pow(2.0, -usage / shares / settings_.dampening) : 0;
    }
    void advance(UserState& user, double date) const {
        if (settings_.reset_period > 0) {
            const double reset = std::floor(date / settings_.reset_period) * settings_.reset_period;
            if (reset > user.updated) {
                user.usage = 0;
                user.updated = reset;
            }
        }
        const double seconds = date - user.updated;
        user.updated = date;
        const auto hosts = static_cast<double>(user.hosts);
        if (settings_.half_life == 0) {
            user.usage += hosts * seconds;
            return;
        }
        // Exact for short times, too, of which 1 - 2^-x would leave nothing.
        const double rate = std::log(2.0) / settings_.half_life;
        const double forgotten = -std::expm1(-seconds * rate);
        // What has been used since is forgotten meanwhile, too.
        user.usage += hosts * forgotten / rate - user.usage * forgotten;
    }

    Settings settings_;
    std::map<std::string, User> numbers_;
    std::vector<UserState> users_;
};

} // namespace multifactor

#endif
