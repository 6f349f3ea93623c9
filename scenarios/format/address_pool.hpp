#pragma once

#include <cstdint>
#include <optional>
#include <set>

#include "engine/base/ip_address.hpp"
#include "scenarios/format/lab_file.hpp"

namespace peerscape {

/// All networks and addresses that a lab names anywhere, so that nothing handed out collides with them.
class UsedNetworks {
  public:
    UsedNetworks() = default;
    /// Everything of the lab's links, loopbacks, networks, hosts, probes and flows, and whatever looks like
    /// an address or a prefix in the configurations and in the lines that steps type.
    explicit UsedNetworks(const LabFile& lab);

    void add(const Prefix& network) {
        // A default route covers everything and uses nothing.
        if (!network.isDefault()) networks_.insert(network);
    }
    bool overlaps(const Prefix& candidate) const;

  private:
    void addWordsOf(std::string_view text);

    std::set<Prefix> networks_;
};

/// Hands out networks of a pool in order, leaving out those that overlap used ones.
class AddressPool {
  public:
    explicit AddressPool(const Prefix& pool) : pool_(pool), next_(pool.address()) {}

    /// The next free network of `length` bits, which is marked as used; nothing when the pool is used up.
    std::optional<Prefix> take(std::uint8_t length, UsedNetworks& used);

  private:
    Prefix pool_;
    IpAddress next_;
    bool isUsedUp_ = false;
};

/// The host of a network with this number, counted from 0: of 10.1.0.0/24 the first is 10.1.0.1, of a /31 the
/// network's own address. Nothing when the network has no such host.
std::optional<IpAddress> hostOf(const Prefix& network, std::uint64_t number);

}  // namespace peerscape
