// host_set_values.cpp - hosts from text and from what can be iterated over.
#include "host_set_values.hpp"

#include <cstdlib>
#include <limits>
#include <vector>

namespace python {

namespace {

// Reads digits; moves `position` behind them.
batsched_host_id_t read_host(const std::string& text, std::size_t& position) {
    constexpr std::uint64_t kMost = std::numeric_limits<batsched_host_id_t>::max();
    const std::size_t begin = position;
    std::uint64_t host = 0;
    for (; position < text.size() && text[position] >= '0' && text[position] <= '9'; ++position) {
        host = host * 10 + static_cast<std::uint64_t>(text[position] - '0');
        if (host > kMost) raise(PyExc_ValueError, "hosts '" + text + "': a number is too large");
    }
    if (position == begin) raise(PyExc_ValueError, "hosts '" + text + "': must be like '0-3,7'");
    return static_cast<batsched_host_id_t>(host);
}

batsched::HostSet united(std::vector<batsched::HostSet> sets) {
    while (sets.size() > 1) { // pairs of neighbours, so that n sets take O(n log n)
        std::vector<batsched::HostSet> pairs;
        for (std::size_t i = 0; i < sets.size(); i += 2)
            pairs.push_back(i + 1 < sets.size() ? sets[i] | sets[i + 1] : std::move(sets[i]));
        sets = std::move(pairs);
    }
    return sets.empty() ? batsched::HostSet() : std::move(sets.front());
}

} // namespace

batsched::HostSet hosts_from_text(PyObject* text) {
    const std::string list = utf8(text);
    std::vector<batsched::HostSet> sets;
    std::size_t position = 0;
    while (position < list.size()) {
        const auto first = read_host(list, position);
        auto last = first;
        if (position < list.size() && list[position] == '-') last = read_host(list, ++position);
        if (last < first)
            raise(PyExc_ValueError, "hosts '" + list + "': an interval runs backward");
        sets.push_back(batsched::HostSet::range(first, last));
        if (position == list.size()) break;
        if (list[position] != ',' && list[position] != ' ')
            raise(PyExc_ValueError, "hosts '" + list + "': must be like '0-3,7'");
        ++position;
    }
    return united(std::move(sets));
}

batsched_host_id_t to_host_id(PyObject* number) {
    const Ref integer = take(PyNumber_Index(number)); // numpy's integers too
    const unsigned long host = PyLong_AsUnsignedLong(integer.get());
    const bool failed = host == static_cast<unsigned long>(-1) && PyErr_Occurred() != nullptr;
    if (failed || host > std::numeric_limits<batsched_host_id_t>::max()) {
        PyErr_Clear();
        raise(PyExc_ValueError, std::string("a host must be a number from 0 to 4294967295, is ") +
                                    utf8(take(PyObject_Str(number)).get()));
    }
    return static_cast<batsched_host_id_t>(host);
}

batsched::HostSet hosts_from_iterable(PyObject* iterable) {
    const Ref iterator = take(PyObject_GetIter(iterable));
    std::vector<batsched_host_id_t> hosts;
    while (const Ref number = Ref(PyIter_Next(iterator.get())))
        hosts.push_back(to_host_id(number.get()));
    demand(PyErr_Occurred() == nullptr);
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    batsched::HostSet set;
    for (const auto host : hosts) set.append(host, host);
    return set;
}

} // namespace python
