#include "scenarios/world/shared_configs.hpp"

#include <utility>

#include "engine/routing/config_session.hpp"
#include "protocols/bgp/process_config.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/policy/commands.hpp"

namespace peerscape {

void SharedConfigs::share(RouterConfig& config) {
    sharePolicy(config);
    shareNeighbors(config);
}

void SharedConfigs::sharePolicy(RouterConfig& config) {
    if (config.policy == nullptr) return;
    ConfigPrinter printer(protocolName);
    policy::printKeyChains(*config.policy, printer);
    policy::printPolicy(*config.policy, printer);
    const auto [known, isNew] = policies_.try_emplace(printer.text(), config.policy);
    if (isNew) return;
    config.policy = known->second;
    for (auto& [id, process] : config.processes) {
        if (process == nullptr) continue;
        if (auto sharing = process->withPolicy(config.policy)) process = std::move(sharing);
    }
}

void SharedConfigs::shareNeighbors(RouterConfig& config) {
    const auto process = config.processes.find(bgp::kBgp);
    if (process == config.processes.end() || process->second == nullptr) return;
    auto sharing =
        std::make_shared<bgp::BgpProcessConfig>(dynamic_cast<const bgp::BgpProcessConfig&>(*process->second));
    settings_.share(sharing->value);
    process->second = std::move(sharing);
}

}  // namespace peerscape
