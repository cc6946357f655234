// jobs_csv.hpp - the decisions that lead to the jobs.csv of a simulation.
#ifndef BATSIM_PLUGINS_STATIC_ORDER_JOBS_CSV_HPP
#define BATSIM_PLUGINS_STATIC_ORDER_JOBS_CSV_HPP

#include <string>

#include "decision_list.hpp"

namespace static_order {

// Whether the text begins with the header of a jobs.csv.
bool is_jobs_csv(const std::string& text);

// Of the rows of this scheduler, or of all if they do not say whose they are. In the order in which they
// are to be made at one date, not yet in that of their dates. Throws std::invalid_argument.
DecisionList read_jobs_csv(const std::string& text, const std::string& scheduler);

} // namespace static_order

#endif
