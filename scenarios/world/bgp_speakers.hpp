#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/sim/simulation.hpp"
#include "protocols/bgp/config.hpp"

namespace peerscape {

/// A router with a `router bgp` block.
struct BgpSpeaker {
    NodeId node;
    const bgp::BgpConfig* config = nullptr;

    /// Its AS as others know it: of a member of a confederation the confederation's.
    Asn number() const { return config->confederation.value_or(*config->number); }
};

/// A neighbour that a speaker is to talk to, as one side's configuration says it.
struct BgpSide {
    std::size_t speaker = 0;     ///< in BgpSpeakers::all()
    IpAddress address;           ///< of the neighbour
    bgp::NeighborConfig config;  ///< with what it has from its group
    Asn remote;                  ///< the neighbour's AS; 0: `external`, and nobody is there
    bool isExternal = false;     ///< not of the own AS, nor of the own confederation
    /// The same session as the neighbour sees it, in BgpSpeakers::sides(); none: the neighbour is no router
    /// of the lab, or does not know this one.
    std::optional<std::size_t> other;
};

/// Who speaks BGP with whom in a lab, as the configurations say it, whether or not sessions come up. What is
/// shut down is left out.
class BgpSpeakers {
  public:
    explicit BgpSpeakers(const Simulation& world);

    const std::vector<BgpSpeaker>& all() const { return speakers_; }
    const std::vector<BgpSide>& sides() const { return sides_; }
    const BgpSpeaker* of(NodeId node) const;

  private:
    void addSides(std::size_t speaker);
    void addSide(std::size_t speaker, const IpAddress& address, const bgp::NeighborConfig& neighbor);
    void joinSides(const Simulation& world);
    void addListeners();
    void nameRemotes();

    std::vector<BgpSpeaker> speakers_;
    std::vector<BgpSide> sides_;
    std::map<IpAddress, std::size_t> owners_;  ///< of addresses, in speakers_
};

}  // namespace peerscape
