// profile.cpp - how a job uses its hosts while it runs.
#include "workload/profile.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace batsim {

namespace {

bool any_positive(const std::vector<double>& values) {
    return std::any_of(values.begin(), values.end(), [](double value) { return value > 0; });
}

std::optional<double> sum(std::optional<double> a, std::optional<double> b) {
    if (!a || !b) return std::nullopt;
    return *a + *b;
}

void merge(ProfileTraits& traits, const ProfileTraits& part) {
    if (!traits.rank_count) traits.rank_count = part.rank_count;
    traits.program_rank_counts.insert(part.program_rank_counts.begin(),
                                      part.program_rank_counts.end());
    traits.computes = traits.computes || part.computes;
    traits.communicates = traits.communicates || part.communicates;
    traits.uses_storage = traits.uses_storage || part.uses_storage;
    traits.is_program = traits.is_program || part.is_program;
    traits.shares_itself = traits.shares_itself || part.shares_itself;
    if (traits.unknown_type.empty()) traits.unknown_type = part.unknown_type;
    traits.part_count += part.part_count;
    traits.depth = std::max(traits.depth, part.depth + 1);
}

struct TraitsOf {
    ProfileTraits operator()(const DelayProfile& profile) const {
        ProfileTraits traits;
        traits.seconds = profile.seconds;
        return traits;
    }
    ProfileTraits operator()(const MoldableDelayProfile&) const { return {}; }
    ProfileTraits operator()(const ParallelProfile& profile) const {
        ProfileTraits traits;
        traits.rank_count = profile.rank_count;
        traits.computes = any_positive(profile.flops);
        traits.communicates = any_positive(profile.bytes);
        return traits;
    }
    ProfileTraits operator()(const HomogeneousProfile& profile) const {
        ProfileTraits traits;
        traits.computes = profile.flops > 0;
        traits.communicates = profile.bytes > 0;
        return traits;
    }
    ProfileTraits operator()(const SequenceProfile& profile) const {
        ProfileTraits traits;
        traits.seconds = 0;
        for (const ProfilePtr& element : profile.elements) {
            merge(traits, element->traits);
            traits.seconds = sum(traits.seconds, element->traits.seconds);
        }
        if (traits.seconds) *traits.seconds *= static_cast<double>(profile.repeat);
        return traits;
    }
    ProfileTraits operator()(const StorageProfile&) const {
        ProfileTraits traits;
        traits.uses_storage = true;
        return traits;
    }
    ProfileTraits operator()(const StagingProfile&) const {
        ProfileTraits traits;
        traits.uses_storage = true;
        return traits;
    }
    ProfileTraits operator()(const MpiTraceProfile& profile) const {
        ProfileTraits traits;
        traits.computes = true;
        traits.communicates = true;
        traits.is_program = true;
        traits.program_rank_counts.insert(profile.traces.size());
        return traits;
    }
    ProfileTraits operator()(const UsageTraceProfile& profile) const {
        ProfileTraits traits;
        traits.rank_count = profile.ranks.size();
        return traits;
    }
    ProfileTraits operator()(const ForkJoinProfile& profile) const {
        ProfileTraits traits;
        traits.seconds = 0;
        std::size_t computing = 0;
        for (const ProfilePtr& element : profile.elements) {
            merge(traits, element->traits);
            if (element->traits.computes) ++computing;
            traits.seconds =
                traits.seconds && element->traits.seconds
                    ? std::optional(std::max(*traits.seconds, *element->traits.seconds))
                    : std::nullopt;
        }
        traits.shares_itself = traits.shares_itself || computing > 1;
        return traits;
    }
    ProfileTraits operator()(const MergedProfile& profile) const {
        ProfileTraits traits;
        for (const ProfilePtr& element : profile.elements) merge(traits, element->traits);
        return traits;
    }
    ProfileTraits operator()(const UnknownProfile& profile) const {
        ProfileTraits traits;
        traits.unknown_type = profile.type;
        return traits;
    }
};

} // namespace

std::string_view Profile::name() const {
    return std::string_view(full_name).substr(full_name.find('!') + 1);
}

std::optional<std::size_t> needed_instead_of(std::size_t rank_count, bool is_mapped,
                                             const ProfileTraits& traits) {
    if (traits.rank_count && *traits.rank_count != rank_count) return traits.rank_count;
    if (is_mapped)
        for (const std::size_t count : traits.program_rank_counts)
            if (count != rank_count) return count;
    return std::nullopt;
}

std::string profile_json(const Profile& profile) {
    if (!profile.json.empty()) return profile.json;
    const auto* delay = std::get_if<DelayProfile>(&profile.body);
    if (delay == nullptr) return "{}";
    return R"({"type":"delay","delay":)" + number_text(delay->seconds) + "}";
}

double flops_of_a_rank(const HomogeneousProfile& profile, std::size_t rank_count) {
    if (profile.meaning == AmountMeaning::kForEachValue) return profile.flops;
    return profile.flops / static_cast<double>(rank_count);
}

std::vector<double> rank_flops(const HomogeneousProfile& profile, std::size_t rank_count) {
    if (profile.flops == 0) return {};
    return std::vector<double>(rank_count, flops_of_a_rank(profile, rank_count));
}

std::vector<double> rank_bytes(const HomogeneousProfile& profile, std::size_t rank_count) {
    if (profile.bytes == 0 || rank_count < 2) return {};
    const auto pairs = static_cast<double>(rank_count) * static_cast<double>(rank_count - 1);
    const bool total = profile.meaning == AmountMeaning::kSpreadUniformly;
    std::vector<double> bytes(rank_count * rank_count,
                              total ? profile.bytes / pairs : profile.bytes);
    for (std::size_t rank = 0; rank < rank_count; ++rank) bytes[rank * rank_count + rank] = 0;
    return bytes;
}

ProfileTraits traits_of(const ProfileBody& body) { return std::visit(TraitsOf{}, body); }

} // namespace batsim
