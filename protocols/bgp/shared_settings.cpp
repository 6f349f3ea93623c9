#include "protocols/bgp/shared_settings.hpp"

#include <algorithm>

namespace peerscape::bgp {

void SharedSettings::share(BgpConfig& config) {
    const auto shareIn = [this](auto& neighbors) {
        for (auto& [name, neighbor] : neighbors) {
            for (const Family family : {Family::IPv4, Family::IPv6})
                neighbor.families[family] = same(neighbor.families[family]);
        }
    };
    shareIn(config.neighbors);
    shareIn(config.interfaceNeighbors);
    shareIn(config.groups);
}

SharedValue<NeighborFamilySettings> SharedSettings::same(
    const SharedValue<NeighborFamilySettings>& settings) {
    if (*settings == NeighborFamilySettings()) return {};
    if (const auto known = std::ranges::find(known_, settings); known != known_.end()) return *known;
    if (known_.size() < kMost) {
        known_.push_back(settings);
    } else {
        known_[next_] = settings;
        next_ = (next_ + 1) % kMost;
    }
    return settings;
}

}  // namespace peerscape::bgp
