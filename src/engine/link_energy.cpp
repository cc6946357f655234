// link_energy.cpp - how much energy the links of the network have consumed.
#include "engine/link_energy.hpp"

namespace batsim {

LinkEnergy::LinkEnergy(const Platform& platform) : platform_(platform) {
    for (LinkId link = 0; link < platform.links.size(); ++link)
        if (platform.links[link].power) links_.push_back(link);
}

void LinkEnergy::attach(Backend& backend) {
    backend_ = &backend;
    backend.watch_links(links_);
}

double LinkEnergy::watts(LinkId link) const {
    const LinkPower& power = *platform_.links[link].power;
    const auto load = backend_->link_load(link);
    return load ? power.idle + *load * (power.busy - power.idle) : power.off;
}

double LinkEnergy::joules(LinkId link, double now) const {
    const LinkPower& power = *platform_.links[link].power;
    const LinkUse use = backend_->link_use(link);
    return power.idle * (now - use.off_seconds) + power.off * use.off_seconds +
           (power.busy - power.idle) * use.load_seconds;
}

double LinkEnergy::mean_load(LinkId link, double now) const {
    return now > 0 ? backend_->link_use(link).load_seconds / now : 0;
}

double LinkEnergy::total(double now) const {
    double sum = 0;
    for (const LinkId link : links_) sum += joules(link, now);
    return sum;
}

} // namespace batsim
