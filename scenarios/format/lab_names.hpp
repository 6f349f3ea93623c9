#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/result.hpp"
#include "engine/base/time.hpp"
#include "engine/topology/topology.hpp"

/// The small parts that the entries, actions and expectations of a lab file share.
namespace peerscape {

/// Where something stands in the lab file. All places are equal, so that comparing labs compares what they
/// say.
struct Place {
    SourcePlace at;

    friend constexpr bool operator==(const Place&, const Place&) { return true; }
};

/// The name of something that stands elsewhere in the lab.
struct NameRef {
    std::string name;
    Place place;

    friend bool operator==(const NameRef&, const NameRef&) = default;
};

/// Where packets are sent to: an address, or a router or host by name.
struct Destination {
    std::string text;                  ///< as written
    std::optional<IpAddress> address;  ///< known at once for an address; expandLab() finds that of a name
    Place place;

    /// A resolved name is still the same destination.
    friend bool operator==(const Destination& a, const Destination& b) { return a.text == b.text; }
};

struct PlacedAddress {
    InterfaceAddress value;
    Place place;

    friend bool operator==(const PlacedAddress&, const PlacedAddress&) = default;
};

struct PlacedPrefix {
    Prefix value;
    Place place;

    friend bool operator==(const PlacedPrefix&, const PlacedPrefix&) = default;
};

/// One end of a link or LAN.
struct EndEntry {
    NameRef node;
    std::string interface;  ///< empty: the next free one of the node
    std::vector<PlacedAddress> addresses;
    Place place;

    friend bool operator==(const EndEntry&, const EndEntry&) = default;
};

/// A link (two ends) or a LAN (one or more). What is absent has the default of LinkProperties.
struct LinkEntry {
    std::string name;  ///< never empty: a link without a name is called after its ends
    SegmentKind kind = SegmentKind::PointToPoint;
    std::vector<EndEntry> ends;
    std::optional<Duration> delay;
    std::optional<Bandwidth> bandwidth;
    std::optional<Probability> loss;
    std::optional<Probability> duplicate;
    std::optional<Probability> reorder;
    std::optional<Probability> corrupt;
    std::optional<std::uint32_t> mtu;
    std::optional<std::uint32_t> queueBytes;
    Relation relation = Relation::None;  ///< the first end is the customer
    Place relationPlace;
    Place place;

    LinkProperties properties() const;

    friend bool operator==(const LinkEntry&, const LinkEntry&) = default;
};

}  // namespace peerscape
