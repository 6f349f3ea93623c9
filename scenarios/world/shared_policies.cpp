#include "scenarios/world/shared_policies.hpp"

#include <utility>

#include "engine/routing/config_session.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/policy/commands.hpp"

namespace peerscape {

void SharedPolicies::share(RouterConfig& config) {
    if (config.policy == nullptr) return;
    ConfigPrinter printer(protocolName);
    policy::printKeyChains(*config.policy, printer);
    policy::printPolicy(*config.policy, printer);
    const auto [known, isNew] = byText_.try_emplace(printer.text(), config.policy);
    if (isNew) return;
    config.policy = known->second;
    for (auto& [id, process] : config.processes) {
        if (process == nullptr) continue;
        if (auto sharing = process->withPolicy(config.policy)) process = std::move(sharing);
    }
}

}  // namespace peerscape
