#pragma once

#include <memory>

#include "engine/routing/process.hpp"
#include "engine/routing/router_config.hpp"
#include "protocols/bgp/config.hpp"

namespace peerscape::bgp {

/// The configuration as a router carries it: the value, and what it takes to start a process.
class BgpProcessConfig final : public ProcessConfig {
  public:
    static constexpr ProtocolId kProtocol = kBgp;

    ProtocolId protocol() const override { return kProtocol; }
    bool isEnabled() const override { return value.number.has_value(); }
    std::unique_ptr<ProcessConfig> clone() const override {
        return std::make_unique<BgpProcessConfig>(*this);
    }
    std::unique_ptr<Process> start(std::shared_ptr<const ProcessConfig> self,
                                   RandomStream random) const override;
    std::shared_ptr<const ProcessConfig> withPolicy(
        std::shared_ptr<const SharedPolicy> policy) const override;

    BgpConfig value;
    std::shared_ptr<const SharedPolicy> policy;  ///< the router's lists and route-maps
};

}  // namespace peerscape::bgp
