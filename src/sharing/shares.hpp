// shares.hpp - which shares of their resources tasks get.
#ifndef BATSIM_SHARING_SHARES_HPP
#define BATSIM_SHARING_SHARES_HPP

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/backend.hpp"

namespace batsim {

using ResourceId = std::uint32_t;

// What a task takes of a resource from its beginning to its end; more than 0.
struct Use {
    ResourceId resource;
    double amount;
};

// A task that uses resources.
struct SharingTask {
    TaskId id = 0;
    std::vector<Use> uses; // one resource may be used several times
    // Tasks a second, whatever is free: infinity if nothing but resources limits it.
    double most = std::numeric_limits<double>::infinity();

    // Found by Shares.
    double rate = 0;      // tasks a second
    int scarce_count = 0; // of its uses
    bool is_free = false;
    bool is_visited = false;
    double previous_rate = 0; // before the present update
    bool is_open = false;     // its rate still grows
    double growth = 0;        // of its rate, in the last round in which it was open
};

// What several tasks use at the same time.
struct SharedResource {
    struct User {
        SharingTask* task;
        double amount;
        bool is_scarce; // may not get enough of it for the task's greatest rate
    };
    double capacity = 0; // a second
    bool is_divided = true;
    std::vector<User> users; // the first that came first

    // Found by Shares.
    double most_demanded = 0; // no user can take more a second; may be too large
    int scarce_count = 0;     // of its users
    bool is_changed = false;
    bool is_visited = false;
    double left = 0;            // of its capacity
    double share = 0;           // of what is left, for each user that is open
    std::size_t open_count = 0; // users that are open
};

// Shares divides resources among tasks as SimGrid's model L07 does (see rounds.hpp), anew only where
// something has changed.
//
// A task is *free* if each of its resources offers it enough for its greatest rate in the first round
// already. That is its rate then, whatever else happens, so that it does not pass on to one resource what
// happens at another one. Only tasks that are not free and are connected by resources are solved
// together.
class Shares {
  public:
    ResourceId add_resource(double capacity, bool is_divided);
    std::size_t resource_count() const { return resources_.size(); }
    void set_capacity(ResourceId id, double capacity);
    const SharedResource& resource(ResourceId id) const { return resources_[id]; }
    // What is used of it a second; of a resource that is not divided, by the one who uses most.
    double load(ResourceId id) const;

    // The task must have uses, stay where it is and keep its uses until it is removed.
    void add(SharingTask& task);
    void remove(SharingTask& task);
    void set_most(SharingTask& task, double most);

    struct Update {
        std::vector<SharingTask*> tasks;   // whose rates have changed
        std::vector<ResourceId> resources; // whose users have
    };
    // Gives new rates to all whom changes concern. The result is valid until the next call. Throws
    // InputError if the model has no solution.
    const Update& update();

  private:
    void change(ResourceId id);
    void find_scarce_users(SharedResource& resource);
    void see_whether_free(SharingTask& task);
    void solve_around(ResourceId id);
    void visit(ResourceId id);
    void visit(SharingTask& task);
    void report(SharingTask& task);

    std::vector<SharedResource> resources_;
    std::vector<ResourceId> changed_;     // since the last update
    std::vector<SharingTask*> uncertain_; // may have become free, or not
    std::vector<ResourceId> seeds_;       // around which something has to be solved
    Update update_;
    // What is solved together.
    std::vector<SharingTask*> tasks_;
    std::vector<ResourceId> component_;
    std::vector<ResourceId> visited_;
};

} // namespace batsim

#endif
