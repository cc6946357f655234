// rounds.hpp - the rule by which resources are shared.
#ifndef BATSIM_SHARING_ROUNDS_HPP
#define BATSIM_SHARING_ROUNDS_HPP

#include <vector>

#include "sharing/shares.hpp"

namespace batsim {

// Finds the rates of tasks that compete for resources, in rounds. All tasks are open at first. In
// each round
//   - every resource offers what is left of it in equal shares to its open users; all of it to each, if
//     it is not divided,
//   - every open task grows by as much as the scarcest of these offers allows, or to its greatest rate,
//     which closes it,
//   - resources lose what their users have grown by; where nothing is left, all users are closed.
// That is SimGrid's model L07, whose results this has to reproduce. Two of its properties are
// surprising. Closed tasks go on taking in each round what they took in their last one, though they do
// not grow by it. And what is not divided loses only as much as its user who takes least, so that
// beside a task that was closed early others may get more than its capacity.
//
// `tasks` are those that are not free, `resources` all that they use, of `all`. Free users of these
// resources keep their rate, and are open in the first round only. Throws InputError if the rounds would
// never end.
void share_in_rounds(std::vector<SharedResource>& all, std::vector<ResourceId> resources,
                     std::vector<SharingTask*> tasks);

} // namespace batsim

#endif
