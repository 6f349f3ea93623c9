#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/format/lab_file.hpp"

/// A lab with all interfaces and addresses, seen as the graph that the expansion of intents asks about.
namespace peerscape {

/// An interface of a node on a link or LAN.
struct IntentInterface {
    std::size_t node = 0;
    std::size_t segment = 0;
    std::string name;
    std::vector<InterfaceAddress> addresses;

    bool hasFamily(Family family) const;
    std::optional<IpAddress> address(Family family) const;
    /// The networks of its addresses of the family.
    std::vector<Prefix> networks(Family family) const;
};

struct IntentSegment {
    const LinkEntry* link = nullptr;
    std::vector<std::size_t> interfaces;
    bool isThereFromTheStart = true;  ///< false: a step adds it
};

/// A router, or (without an entry) a host.
struct IntentNode {
    std::string name;
    const RouterEntry* router = nullptr;
    std::optional<Asn> asn;
    std::vector<std::size_t> interfaces;

    bool runs(IntentProtocol protocol) const;
    bool isConfigured() const { return router != nullptr && !router->config.empty(); }
};

/// How far an intent of a router reaches over one of its interfaces.
enum class Reach { Active, Passive, Outside };

class IntentView {
  public:
    /// The lab must outlive the view, complete with interfaces and addresses.
    explicit IntentView(const LabFile& lab);

    const std::vector<IntentNode>& nodes() const { return nodes_; }
    const std::vector<IntentInterface>& interfaces() const { return interfaces_; }
    const std::vector<IntentSegment>& segments() const { return segments_; }
    std::optional<std::size_t> nodeNamed(std::string_view name) const;

    /// No other router is attached to the interface's segment.
    bool isStub(std::size_t interface) const;
    /// Of interior protocols: active towards routers that run it too, passive towards hosts and stubs. A
    /// router that speaks BGP keeps them inside its AS, and towards another AS they are outside.
    Reach reach(std::size_t interface, IntentProtocol protocol) const;
    bool isSameAs(const IntentNode& a, const IntentNode& b) const { return a.asn == b.asn; }
    /// The routers among `nodes()` that speak BGP in the AS, as positions.
    std::span<const std::size_t> bgpRoutersOf(Asn asn) const;
    /// Interior routing by static routes: asked for, or needed by iBGP and provided by nothing else.
    bool needsStaticRoutes(const IntentNode& node, Family family) const;

  private:
    void addSegment(const LinkEntry& link, bool isThereFromTheStart);

    std::vector<IntentNode> nodes_;
    std::vector<IntentInterface> interfaces_;
    std::vector<IntentSegment> segments_;
    std::vector<std::pair<std::string, std::size_t>> byName_;  ///< sorted
    std::map<Asn, std::vector<std::size_t>> bgpRouters_;
};

}  // namespace peerscape
