#include "protocols/static_routes/config.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace peerscape::static_routes {
namespace {

auto lowerBound(auto& routes, const Prefix& prefix, Distance distance) {
    return std::lower_bound(routes.begin(), routes.end(), std::tuple(prefix, distance), [](const StaticRoute& route, const auto& key) {
        return std::tuple(route.prefix, route.distance) < key;
    });
}

}  // namespace

const StaticRoute* StaticConfig::find(const Prefix& prefix, Distance distance) const {
    const auto at = lowerBound(routes_, prefix, distance);
    return at != routes_.end() && at->prefix == prefix && at->distance == distance ? &*at : nullptr;
}

void StaticConfig::add(const Prefix& prefix, Distance distance, std::uint32_t tag, StaticHop hop) {
    auto at = lowerBound(routes_, prefix, distance);
    if (at == routes_.end() || at->prefix != prefix || at->distance != distance) at = routes_.insert(at, StaticRoute{prefix, distance, 0, {}});
    at->tag = tag;
    if (std::find(at->hops.begin(), at->hops.end(), hop) == at->hops.end()) at->hops.push_back(std::move(hop));
}

bool StaticConfig::remove(const Prefix& prefix, Distance distance, const StaticHop& hop) {
    const auto at = lowerBound(routes_, prefix, distance);
    if (at == routes_.end() || at->prefix != prefix || at->distance != distance) return false;
    const auto found = std::find(at->hops.begin(), at->hops.end(), hop);
    if (found == at->hops.end()) return false;
    at->hops.erase(found);
    if (at->hops.empty()) routes_.erase(at);
    return true;
}

void printRoutes(const ProcessConfig& config, ConfigPrinter& printer) {
    for (const StaticRoute& route : dynamic_cast<const StaticConfig&>(config).routes()) {
        for (const StaticHop& hop : route.hops) {
            std::string line = fmt::format("{} route {}", route.prefix.family() == Family::IPv4 ? "ip" : "ipv6", toString(route.prefix));
            if (hop.gateway) line += " " + toString(*hop.gateway);
            if (!hop.interface.empty()) line += " " + hop.interface;
            if (hop.discard == Discard::Blackhole) line += " blackhole";
            if (hop.discard == Discard::Reject) line += " reject";
            if (route.tag != 0) line += fmt::format(" tag {}", route.tag);
            if (route.distance != kDefaultDistance) line += fmt::format(" {}", route.distance);
            if (hop.onLink) line += " onlink";
            printer.line(line);
        }
    }
}

}  // namespace peerscape::static_routes
