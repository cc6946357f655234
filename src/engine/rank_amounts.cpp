// rank_amounts.cpp - what each rank of a parallel task computes and sends.
#include "engine/rank_amounts.hpp"

#include <algorithm>
#include <set>
#include <variant>

#include "base/assert.hpp"

namespace batsim {

namespace {

void add(std::vector<double>& sum, const std::vector<double>& more) {
    if (more.empty()) return;
    if (sum.empty()) sum.assign(more.size(), 0);
    for (std::size_t i = 0; i < more.size(); ++i) sum[i] += more[i];
}

// Bytes that go from one end to another; an end is a rank or a storage host.
class TransferTable {
  public:
    TransferTable(const RankHosts& ranks, const FindStorage& find_storage)
        : find_storage_(find_storage), rank_count_(ranks.size()), hosts_(ranks.all()) {}

    void add(const Profile& profile) { std::visit(Add{*this}, profile.body); }

    ParallelTask task() && {
        ParallelTask task;
        task.flops = std::move(flops_);
        task.flops.resize(hosts_.size(), 0);
        task.bytes.assign(hosts_.size() * hosts_.size(), 0);
        for (const Transfer& transfer : transfers_)
            task.bytes[transfer.from * hosts_.size() + transfer.to] += transfer.bytes;
        task.hosts = std::move(hosts_);
        return task;
    }

  private:
    struct Transfer {
        std::size_t from, to;
        double bytes;
    };

    struct Add {
        TransferTable& table;
        void operator()(const StorageProfile& profile) const { table.add_storage(profile); }
        void operator()(const StagingProfile& profile) const {
            const std::size_t from = table.rank_of_storage(profile.from);
            table.transfer(from, table.rank_of_storage(profile.to), profile.bytes);
        }
        void operator()(const MergedProfile& profile) const {
            for (const ProfilePtr& element : profile.elements) table.add(*element);
        }
        void operator()(const ParallelProfile& profile) const {
            table.add_amounts(rank_amounts(profile, table.rank_count_));
        }
        void operator()(const HomogeneousProfile& profile) const {
            table.add_amounts(rank_amounts(profile, table.rank_count_));
        }
        template <class Other>
        void operator()(const Other&) const {
            fail_assertion("the profile is a parallel task", __FILE__, __LINE__);
        }
    };

    void transfer(std::size_t from, std::size_t to, double bytes) {
        if (bytes > 0) transfers_.push_back({from, to, bytes});
    }

    void add_amounts(const RankAmounts& amounts) {
        batsim::add(flops_, amounts.flops);
        for (std::size_t i = 0; i < amounts.bytes.size(); ++i)
            transfer(i / rank_count_, i % rank_count_, amounts.bytes[i]);
    }

    void add_storage(const StorageProfile& profile) {
        const bool total = profile.meaning == AmountMeaning::kSpreadUniformly;
        const double share = total ? 1.0 / static_cast<double>(rank_count_) : 1;
        const std::size_t storage = rank_of_storage(profile.storage);
        for (std::size_t rank = 0; rank < rank_count_; ++rank) {
            transfer(storage, rank, profile.bytes_to_read * share);
            transfer(rank, storage, profile.bytes_to_write * share);
        }
    }

    std::size_t rank_of_storage(const std::string& label) {
        const HostId host = find_storage_(label);
        const auto begin = hosts_.begin() + static_cast<std::ptrdiff_t>(rank_count_);
        const auto found = std::find(begin, hosts_.end(), host);
        const auto rank = static_cast<std::size_t>(found - hosts_.begin());
        if (found == hosts_.end()) hosts_.push_back(host);
        return rank;
    }

    const FindStorage& find_storage_;
    std::size_t rank_count_;
    std::vector<HostId> hosts_; // of the ranks, then storage hosts
    std::vector<double> flops_;
    std::vector<Transfer> transfers_;
};

void collect_labels(const Profile& profile, std::set<std::string>& labels);

struct CollectLabels {
    std::set<std::string>& labels;
    void operator()(const StorageProfile& profile) const { labels.insert(profile.storage); }
    void operator()(const StagingProfile& profile) const {
        labels.insert(profile.from);
        labels.insert(profile.to);
    }
    void operator()(const SequenceProfile& profile) const { elements(profile.elements); }
    void operator()(const ForkJoinProfile& profile) const { elements(profile.elements); }
    void operator()(const MergedProfile& profile) const { elements(profile.elements); }
    template <class Other>
    void operator()(const Other&) const {}

    void elements(const std::vector<ProfilePtr>& profiles) const {
        for (const ProfilePtr& element : profiles) collect_labels(*element, labels);
    }
};

void collect_labels(const Profile& profile, std::set<std::string>& labels) {
    if (profile.traits.uses_storage) std::visit(CollectLabels{labels}, profile.body);
}

} // namespace

RankAmounts rank_amounts(const ParallelProfile& profile, std::size_t) {
    return {profile.flops, profile.bytes};
}

RankAmounts rank_amounts(const HomogeneousProfile& profile, std::size_t rank_count) {
    return {rank_flops(profile, rank_count), rank_bytes(profile, rank_count)};
}

std::vector<double> flops_of_ranks(const MergedProfile& profile, std::size_t rank_count) {
    std::vector<double> sum;
    for (const ProfilePtr& element : profile.elements)
        add(sum, flops_of_ranks(*element, rank_count));
    return sum;
}

std::vector<double> flops_of_ranks(const Profile& profile, std::size_t rank_count) {
    if (const auto* parallel = std::get_if<ParallelProfile>(&profile.body)) return parallel->flops;
    if (const auto* homogeneous = std::get_if<HomogeneousProfile>(&profile.body))
        return rank_flops(*homogeneous, rank_count);
    if (const auto* merged = std::get_if<MergedProfile>(&profile.body))
        return flops_of_ranks(*merged, rank_count);
    return {};
}

ParallelTask parallel_task(const Profile& profile, const RankHosts& ranks,
                           const FindStorage& find_storage) {
    TransferTable table(ranks, find_storage);
    table.add(profile);
    return std::move(table).task();
}

std::vector<std::string> storage_labels(const Profile& profile) {
    std::set<std::string> labels;
    collect_labels(profile, labels);
    return {labels.begin(), labels.end()};
}

} // namespace batsim
