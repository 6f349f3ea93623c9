#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/routing/process.hpp"

namespace peerscape {

/// What a router's configuration says of one interface.
struct InterfaceConfig {
    std::string description;
    bool isShutdown = false;
    std::vector<InterfaceAddress> addresses;
    std::optional<Bandwidth> bandwidth;
    std::optional<Duration> delay;
    std::optional<Duration> loadInterval;  ///< 30 to 600 s: what the interface carries is measured

    friend bool operator==(const InterfaceConfig&, const InterfaceConfig&) = default;
};

/// What protocols share besides routes: route-maps, lists and key chains. The engine only carries it.
class SharedPolicy {
  public:
    virtual ~SharedPolicy() = default;
    virtual std::unique_ptr<SharedPolicy> clone() const = 0;
};

/// The whole configuration of one router: a value. The pieces in it are never changed once it is in use;
/// an editor copies it, replaces pieces, and hands over the new whole.
struct RouterConfig {
    std::string hostname;
    std::string version = "8.4.4";         ///< of `frr version`
    std::string defaults = "traditional";  ///< of `frr defaults`
    bool forwards4 = true;                 ///< `ip forwarding`
    bool forwards6 = true;                 ///< `ipv6 forwarding`
    bool resolvesViaDefault4 = false;      ///< `ip nht resolve-via-default`
    bool resolvesViaDefault6 = false;
    std::map<std::string, InterfaceConfig, std::less<>> interfaces;
    std::shared_ptr<const SharedPolicy> policy;
    std::map<ProtocolId, std::shared_ptr<const ProcessConfig>> processes;
    std::vector<std::string> unmodelledLines;  ///< understood, kept for show running-config, without effect
};

}  // namespace peerscape
