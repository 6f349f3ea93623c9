#include "protocols/static_routes/config.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/base/check.hpp"
#include "protocols/static_routes/process.hpp"

namespace peerscape::static_routes {
namespace {

/// In the order of the lines of one route.
bool comesBefore(const StaticHop& a, const StaticHop& b) {
    const auto kind = [](const StaticHop& hop) { return !hop.gateway ? 0 : hop.interface.empty() ? 1 : 2; };
    return std::tuple(kind(a), a.gateway, std::string_view(a.interface)) <
           std::tuple(kind(b), b.gateway, std::string_view(b.interface));
}

}  // namespace

bool StaticHop::isSameHopAs(const StaticHop& other) const {
    if (discard != Discard::None || other.discard != Discard::None) {
        return discard != Discard::None && other.discard != Discard::None;
    }
    return gateway == other.gateway && interface == other.interface;
}

const StaticRoute* StaticConfig::find(const Prefix& prefix, Distance distance) const {
    const auto found = routes_.find({prefix, distance});
    return found == routes_.end() ? nullptr : &found->second;
}

Result<void> StaticConfig::add(const Prefix& prefix, Distance distance, std::uint32_t tag, StaticHop hop) {
    if (const StaticRoute* route = find(prefix, distance)) {
        const bool isMixed = std::ranges::any_of(route->hops, [&](const StaticHop& other) {
            return (other.discard == Discard::None) != (hop.discard == Discard::None);
        });
        if (isMixed) {
            return failure("a route cannot have blackhole and other next hops at the same distance");
        }
    }
    remove(prefix, hop);
    StaticRoute& route =
        routes_.try_emplace({prefix, distance}, StaticRoute{prefix, distance, 0, {}}).first->second;
    route.tag = tag;
    route.hops.insert(std::ranges::upper_bound(route.hops, hop, comesBefore), std::move(hop));
    return {};
}

bool StaticConfig::remove(const Prefix& prefix, const StaticHop& hop) {
    for (auto at = routes_.lower_bound({prefix, 0}); at != routes_.end() && at->first.first == prefix; ++at) {
        auto& hops = at->second.hops;
        const auto isSame = [&](const StaticHop& other) { return other.isSameHopAs(hop); };
        if (std::erase_if(hops, isSame) == 0) continue;
        if (hops.empty()) routes_.erase(at);
        return true;
    }
    return false;
}

std::unique_ptr<Process> StaticConfig::start(std::shared_ptr<const ProcessConfig> self, RandomStream) const {
    auto config = std::dynamic_pointer_cast<const StaticConfig>(std::move(self));
    PEERSCAPE_CHECK(config != nullptr);
    return std::make_unique<StaticProcess>(std::move(config));
}

}  // namespace peerscape::static_routes
