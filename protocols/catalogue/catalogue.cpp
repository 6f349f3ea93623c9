#include "protocols/catalogue/catalogue.hpp"

#include <algorithm>
#include <array>

#include "engine/base/check.hpp"
#include "engine/routing/route.hpp"
#include "protocols/bgp/protocol.hpp"
#include "protocols/eigrp/protocol.hpp"
#include "protocols/rip/protocol.hpp"
#include "protocols/static_routes/protocol.hpp"

namespace peerscape {
namespace {

/// The names by which FRR 8.4 calls sources of routes and routing processes.
constexpr std::array<std::string_view, 21> kNamesInFrr{
    "babel", "bfd",  "bgp",   "bgp-direct", "eigrp", "isis",  "kernel",
    "ldp",   "nhrp", "olsr",  "openfabric", "ospf",  "ospf6", "pbr",
    "pim",   "rip",  "ripng", "sharp",      "table", "vnc",   "vnc-direct",
};

}  // namespace

const std::vector<Protocol>& protocols() {
    static const std::vector<Protocol> all{
        static_routes::staticProtocol(), rip::ripProtocol(),      rip::ripngProtocol(),
        eigrp::eigrpProtocol(),          eigrp::eigrp6Protocol(), bgp::bgpProtocol()};
    return all;
}

std::optional<ProtocolId> protocolNamed(std::string_view name) {
    if (name == "connected") return kConnected;
    if (name == "local") return kLocal;
    const auto found = std::ranges::find(protocols(), name, &Protocol::name);
    return found == protocols().end() ? std::nullopt : std::optional(found->id);
}

std::string protocolName(ProtocolId id) {
    if (id == kConnected) return "connected";
    if (id == kLocal) return "local";
    const Protocol* protocol = protocolById(id);
    PEERSCAPE_CHECK(protocol != nullptr);
    return protocol->name;
}

const Protocol* protocolById(ProtocolId id) {
    const auto found = std::ranges::find(protocols(), id, &Protocol::id);
    return found == protocols().end() ? nullptr : &*found;
}

bool isForeignProtocol(std::string_view name) {
    return std::ranges::find(kNamesInFrr, name) != kNamesInFrr.end() && !protocolNamed(name);
}

}  // namespace peerscape
