#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/router_config.hpp"
#include "engine/topology/topology.hpp"

namespace peerscape {

/// What a person, a step or a fault does to the network. All are values; a run is a lab, a seed and a list of
/// these.
namespace action {

/// The cable is cut (or the LAN's switch dies): every end loses its carrier. `up` repairs it.
struct SetSegment {
    SegmentId segment;
    bool up = false;
};
/// The plug is pulled at one end: only that interface loses its carrier, as behind a switch. `plugged` puts
/// it back.
struct SetPlug {
    InterfaceRef end;
    bool plugged = false;
};
/// All plugs of a node are pulled, and stay so even if a link is repaired; or all are put back.
struct SetNode {
    NodeId node;
    bool plugged = false;
};
/// Packets vanish without any end noticing: what `end` sends, or what it should hear. `end` none: all ends.
struct SetSilence {
    SegmentId segment;
    bool silent = true;
    InterfaceRef end;
    bool sending = true;
    bool hearing = false;
};
/// Other values for a link; what is not named stays.
struct ChangeLink {
    SegmentId segment;
    std::optional<Duration> delay;
    std::optional<Probability> loss;
    std::optional<Bandwidth> bandwidth;
    std::optional<std::uint32_t> mtu;
    std::optional<std::uint32_t> queueBytes;
    std::optional<Probability> duplicate{};
    std::optional<Probability> reorder{};
    std::optional<Probability> corrupt{};
};
/// The administrator of the router switches an interface off or on.
struct SetAdmin {
    InterfaceRef interface;
    bool up = false;
};
struct AddSegment {
    std::string name;
    SegmentKind kind = SegmentKind::PointToPoint;
    LinkProperties properties;
    std::vector<EndSpec> ends;
};
/// The router's new configuration, whole.
struct Configure {
    NodeId node;
    std::shared_ptr<const RouterConfig> config;
};
/// Ends or starts a protocol's process as killing and starting its daemon would; protocol none: all of the
/// node's.
struct SetProcess {
    NodeId node;
    ProtocolId protocol;
    bool running = false;
};
/// A protocol's process hangs, as if its daemon had been sent SIGSTOP: it handles nothing, while its routes,
/// its router and the router's TCP stay as they are. Or it goes on, with all that it has missed. Protocol
/// none: all of the node's that run now.
struct SetFrozen {
    NodeId node;
    ProtocolId protocol;
    bool frozen = true;
};
/// An operator's command that acts (`clear …`).
struct Command {
    NodeId node;
    ProtocolId protocol;
    std::vector<std::string> words;
};
/// A measuring flow: packets at a steady rate, each one accounted for.
struct StartFlow {
    std::string name;
    NodeId from;
    IpAddress to;
    std::optional<IpAddress> source;
    Duration interval = Duration::milliseconds(100);
    std::uint32_t payloadBytes = 56;
    std::optional<Duration> lasting;
};

}  // namespace action

using ActionWhat = std::variant<action::SetSegment, action::SetPlug, action::SetNode, action::SetSilence,
                                action::ChangeLink, action::SetAdmin, action::AddSegment, action::Configure,
                                action::SetProcess, action::SetFrozen, action::Command, action::StartFlow>;

/// `text` is what the log says of it: "link ab failed".
struct Action {
    std::string text;
    ActionWhat what;
};

}  // namespace peerscape
