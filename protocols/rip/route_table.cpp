#include "protocols/rip/route_table.hpp"

#include <algorithm>

#include "engine/base/check.hpp"

namespace peerscape::rip {

static_assert(sizeof(Route) == 24, "a large lab has millions of routes");

std::span<const Route> RouteTable::alternatives(const Prefix& prefix) const {
    const auto* found = alternatives_.find(prefix);
    return found ? std::span<const Route>(*found) : std::span<const Route>();
}

Route& RouteTable::edit(const Prefix& prefix, std::size_t index) {
    return index == 0 ? *first_.edit(prefix) : alternatives_.edit(prefix)->at(index - 1);
}

Route& RouteTable::add(const Prefix& prefix, const Route& route) {
    earliest_ = std::min(earliest_, route.deadline);
    if (first_.find(prefix) != nullptr) return alternatives_[prefix].emplace_back(route);
    return first_[prefix] = route;
}

Route& RouteTable::replace(const Prefix& prefix, const Route& route) {
    earliest_ = std::min(earliest_, route.deadline);
    if (!alternatives_.empty()) alternatives_.erase(prefix);
    return first_[prefix] = route;
}

void RouteTable::remove(const Prefix& prefix, std::size_t index) {
    auto* others = alternatives_.empty() ? nullptr : alternatives_.edit(prefix);
    if (others == nullptr) {
        PEERSCAPE_CHECK(index == 0);
        first_.erase(prefix);
        return;
    }
    PEERSCAPE_CHECK(index <= others->size());
    if (index == 0) {
        edit(prefix) = others->front();
        index = 1;
    }
    others->erase(others->begin() + static_cast<std::ptrdiff_t>(index - 1));
    if (others->empty()) alternatives_.erase(prefix);
}

OriginId RouteTable::intern(const RouteOrigin& origin) {
    const auto originOf = [this](OriginId id) -> const RouteOrigin& { return origins_[id.value()]; };
    const auto known = std::ranges::lower_bound(sortedOrigins_, origin, {}, originOf);
    if (known != sortedOrigins_.end() && originOf(*known) == origin) return *known;
    if (freeOrigins_.empty() && origins_.size() == OriginId::none().value()) forgetUnusedOrigins();
    OriginId id;
    if (!freeOrigins_.empty()) {
        id = freeOrigins_.back();
        freeOrigins_.pop_back();
        origins_[id.value()] = origin;
    } else if (origins_.size() < OriginId::none().value()) {
        id = OriginId(static_cast<std::uint16_t>(origins_.size()));
        origins_.push_back(origin);
    } else {
        return OriginId::none();
    }
    sortedOrigins_.insert(std::ranges::lower_bound(sortedOrigins_, origin, {}, originOf), id);
    return id;
}

void RouteTable::forgetUnusedOrigins() {
    std::vector<bool> isUsed(origins_.size(), false);
    for (const auto& [prefix, route] : first_)
        isUsed[route.origin.value()] = true;
    for (const auto& [prefix, routes] : alternatives_) {
        for (const Route& route : routes)
            isUsed[route.origin.value()] = true;
    }
    std::erase_if(sortedOrigins_, [&](OriginId id) {
        if (!isUsed[id.value()]) freeOrigins_.push_back(id);
        return !isUsed[id.value()];
    });
}

void RouteTable::startTimer(Route& route, RouteTimer timer, SimTime deadline) {
    route.timer = timer;
    route.deadline = deadline;
    earliest_ = std::min(earliest_, deadline);
}

std::vector<RouteTable::Expired> RouteTable::takeExpired(SimTime now) {
    std::vector<Expired> expired;
    earliest_ = SimTime::never();
    const auto look = [&](const Prefix& prefix, const Route& route, std::size_t index) {
        if (route.deadline <= now) {
            expired.push_back({prefix, index});
        } else {
            earliest_ = std::min(earliest_, route.deadline);
        }
    };
    for (const auto& [prefix, route] : first_)
        look(prefix, route, 0);
    for (const auto& [prefix, routes] : alternatives_) {
        for (std::size_t i = 0; i < routes.size(); ++i)
            look(prefix, routes[i], i + 1);
    }
    std::sort(expired.begin(), expired.end(), [](const Expired& a, const Expired& b) {
        return a.prefix != b.prefix ? a.prefix < b.prefix : a.index > b.index;
    });
    return expired;
}

bool RouteTable::hasGarbage() const {
    return std::any_of(first_.begin(), first_.end(),
                       [](const auto& entry) { return entry.second.timer == RouteTimer::GarbageCollection; });
}

}  // namespace peerscape::rip
