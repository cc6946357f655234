// quick_json.hpp - parses JSON files fast, as long as there is nothing wrong with them.
#ifndef BATSIM_WORKLOAD_QUICK_JSON_HPP
#define BATSIM_WORKLOAD_QUICK_JSON_HPP

#include <string>

#include "workload/json_sax.hpp"

namespace batsim {

// Gives the events of a JSON text to `sax`, those that nlohmann's parser would give, in a fraction of
// its time; the text is changed. Returns false if it is not valid JSON or has a number that no double can
// hold: what is wrong with it nlohmann's parser can say. `sax` is not told, and has had the events so far.
// It also returns false for some rare texts that may be valid: those with a NUL, or with surrogates.
bool parse_quickly(std::string& text, WorkloadSax& sax);

} // namespace batsim

#endif
