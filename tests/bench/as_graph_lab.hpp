#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>

#include "engine/lab/lab.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/bgp/shared_settings.hpp"
#include "protocols/policy/policy_set.hpp"
#include "tests/bench/as_graph.hpp"

namespace peerscape::bench {

/// One router per AS with Gao-Rexford policies, as the numbers of other simulators were measured: links of
/// equal delay, no advertisement interval, loops noticed by the sender, the router-id follows the AS number
/// and decides ties. Addresses follow the numbers too, so that neighbours are told in the order of theirs.
class AsGraphLab {
  public:
    explicit AsGraphLab(const AsGraph& graph, const SimulationOptions& options = {});

    /// Runs until all sessions are up and quiet.
    void establish();
    /// The AS announces its network, or withdraws it, and all is quiet again afterwards.
    void announce(std::uint32_t as) { setNetworks({&as, 1}, true); }
    void withdraw(std::uint32_t as) { setNetworks({&as, 1}, false); }
    /// These ASes do so in the same instant.
    void announceAll(std::span<const std::uint32_t> ases) { setNetworks(ases, true); }
    void withdrawAll(std::span<const std::uint32_t> ases) { setNetworks(ases, false); }

    /// UPDATE messages that were sent so far, End-of-RIB among them.
    std::uint64_t updates() const;
    /// Routes for the network of the AS that are in some table.
    std::size_t pathsTo(std::uint32_t as) const;
    /// AS numbers of the best path at one AS towards another, from its neighbour to the origin; empty: none.
    std::vector<std::uint32_t> bestPath(std::uint32_t at, std::uint32_t to) const;
    std::size_t sessions() const { return 2 * graph_.links.size(); }

    Lab& lab() { return *lab_; }
    const AsGraph& graph() const { return graph_; }

  private:
    void setNetworks(std::span<const std::uint32_t> ases, bool areAnnounced);
    void settle();
    void configure(std::uint32_t as);
    std::shared_ptr<const bgp::BgpProcessConfig> bgpOf(std::uint32_t as, bool isAnnounced);
    const bgp::BgpProcess& process(std::uint32_t as) const;
    NodeId node(std::uint32_t as) const { return nodes_.at(as); }
    static Prefix networkOf(std::uint32_t as);
    static Prefix linkNetwork(std::size_t link);

    AsGraph graph_;  ///< links in the order of the smaller and then the larger of their numbers
    std::map<std::uint32_t, NodeId> nodes_;
    std::map<std::uint32_t, std::vector<std::size_t>> linksOf_;
    std::shared_ptr<const policy::PolicySet> policy_;
    bgp::SharedSettings shared_;
    std::unique_ptr<Lab> lab_;
};

}  // namespace peerscape::bench
