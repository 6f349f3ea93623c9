#pragma once

#include <memory>

#include "engine/routing/process.hpp"
#include "engine/routing/router_config.hpp"
#include "protocols/eigrp/config.hpp"

namespace peerscape::eigrp {

/// The configuration as a router carries it: the value, and what it takes to start a process.
class EigrpProcessConfig : public ProcessConfig {
  public:
    explicit EigrpProcessConfig(Family family) { value.family = family; }

    ProtocolId protocol() const override { return protocolOf(value.family); }
    bool isEnabled() const override { return value.autonomousSystem.has_value() && !value.isShutdown; }
    std::unique_ptr<Process> start(std::shared_ptr<const ProcessConfig> self,
                                   RandomStream random) const override;
    std::shared_ptr<const ProcessConfig> withPolicy(
        std::shared_ptr<const SharedPolicy> policy) const override;

    EigrpConfig value;
    std::shared_ptr<const SharedPolicy> policy;  ///< the router's lists, route-maps and key chains
};

/// What the configuration reader makes and edits: a number that is known when compiling.
template <Family kFamily>
class FamilyConfig final : public EigrpProcessConfig {
  public:
    static constexpr ProtocolId kProtocol = protocolOf(kFamily);
    FamilyConfig() : EigrpProcessConfig(kFamily) {}
    std::unique_ptr<ProcessConfig> clone() const override { return std::make_unique<FamilyConfig>(*this); }
};
using Eigrp4Config = FamilyConfig<Family::IPv4>;
using Eigrp6Config = FamilyConfig<Family::IPv6>;

}  // namespace peerscape::eigrp
