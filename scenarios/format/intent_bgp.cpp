#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "scenarios/format/intents.hpp"

namespace peerscape::intents {

namespace {

/// What the neighbour is to this AS.
enum class Role { Internal, Client, Unrelated, Customer, Provider, Peer, Sibling };

struct Session {
    IpAddress address;
    Asn asn;
    std::string name;  ///< of the neighbour, for the description
    Role role = Role::Unrelated;
};

/// Routes carry a community that says by whom they came in; own routes and those of siblings have none.
/// 65000:n is from the range for private use, and every import replaces what the neighbour had set.
struct Policy {
    Role role;
    std::string_view name;
    std::string_view community;
    int localPreference;
};
constexpr Policy kPolicies[] = {
    {Role::Customer, "customer", "65000:1", 200},
    {Role::Peer, "peer", "65000:2", 150},
    {Role::Provider, "provider", "65000:3", 50},
};

const Policy* policyFor(Role role) {
    const auto found = std::ranges::find(kPolicies, role, &Policy::role);
    return found == std::end(kPolicies) ? nullptr : &*found;
}

Role roleOn(const IntentSegment& segment, bool isFirstEnd) {
    switch (segment.link->relation) {
        case Relation::None:
            return Role::Unrelated;
        case Relation::Peer:
            return Role::Peer;
        case Relation::Sibling:
            return Role::Sibling;
        case Relation::CustomerProvider:
            return isFirstEnd ? Role::Provider : Role::Customer;
    }
    PEERSCAPE_CHECK(false);
}

class BgpText {
  public:
    BgpText(const IntentView& view, std::size_t node)
        : view_(view), node_(node), self_(view.nodes()[node]), asn_(*self_.asn) {
        findExternal();
        findInternal();
    }

    std::string print() {
        text_ = fmt::format("router bgp {}\n", toString(asn_));
        text_ += fmt::format(" bgp router-id {}\n", toString(routerId()));
        // Ties then go to the lowest router-id, which is the lowest neighbour ASN, and not to the oldest
        // path.
        text_ += " bgp bestpath compare-routerid\n no bgp default ipv4-unicast\n";
        const auto needsNoPolicy = [](const Session& s) {
            return s.role == Role::Unrelated || s.role == Role::Sibling;
        };
        if (std::ranges::any_of(sessions_, needsNoPolicy)) text_ += " no bgp ebgp-requires-policy\n";
        for (const Session& session : sessions_)
            printSession(session);
        printFamily(Family::IPv4);
        printFamily(Family::IPv6);
        text_ += "!\n";
        printPolicies();
        return std::move(text_);
    }

  private:
    /// A router alone in its AS is called by its ASN; several are told apart by their loopbacks.
    IpAddress routerId() const {
        if (view_.bgpRoutersOf(asn_).size() > 1) {
            if (const auto loopback = loopbackOf(self_, Family::IPv4)) return *loopback;
        }
        return IpAddress::v4(asn_.value());
    }

    static std::optional<IpAddress> loopbackOf(const IntentNode& node, Family family) {
        for (const PlacedAddress& address : node.router->loopback) {
            if (address.value.address.family() == family) return address.value.address;
        }
        return std::nullopt;
    }

    /// A session per neighbour of another AS, link and family. Of routers with a configuration only the ASN
    /// is known.
    void findExternal() {
        for (const std::size_t own : self_.interfaces) {
            const IntentSegment& segment = view_.segments()[view_.interfaces()[own].segment];
            for (const std::size_t other : segment.interfaces) {
                const IntentInterface& interface = view_.interfaces()[other];
                const IntentNode& node = view_.nodes()[interface.node];
                const bool speaks = node.runs(IntentProtocol::Bgp) || node.isConfigured();
                if (interface.node == node_ || !node.asn || !speaks || view_.isSameAs(self_, node)) continue;
                for (const Family family : {Family::IPv4, Family::IPv6}) {
                    const auto address = interface.address(family);
                    if (!address || !view_.interfaces()[own].hasFamily(family)) continue;
                    sessions_.push_back(
                        {*address, *node.asn, node.name, roleOn(segment, segment.interfaces.front() == own)});
                }
            }
        }
    }

    /// Between loopbacks: a full mesh, or of reflectors alone, and each client with each reflector.
    void findInternal() {
        const auto routers = view_.bgpRoutersOf(asn_);
        const bool isReflected = std::ranges::any_of(routers, [&](std::size_t i) { return reflects(i); });
        for (const std::size_t other : routers) {
            if (other == node_ || (isReflected && !reflects(node_) && !reflects(other))) continue;
            const IntentNode& node = view_.nodes()[other];
            const Role role = reflects(node_) && !reflects(other) ? Role::Client : Role::Internal;
            for (const Family family : {Family::IPv4, Family::IPv6}) {
                const auto address = loopbackOf(node, family);
                if (address && loopbackOf(self_, family))
                    sessions_.push_back({*address, asn_, node.name, role});
            }
        }
    }

    bool reflects(std::size_t node) const {
        const RouterEntry* router = view_.nodes()[node].router;
        return router != nullptr && router->reflectsRoutes;
    }
    static bool isInternal(const Session& session) {
        return session.role == Role::Internal || session.role == Role::Client;
    }

    void printSession(const Session& session) {
        const std::string address = toString(session.address);
        text_ += fmt::format(" neighbor {} remote-as {}\n", address, toString(session.asn));
        text_ += fmt::format(" neighbor {} description {}\n", address, session.name);
        if (isInternal(session)) text_ += fmt::format(" neighbor {} update-source lo\n", address);
    }

    void printFamily(Family family) {
        const std::string body = announcements(family) + activations(family);
        if (body.empty()) return;
        text_ += fmt::format(" !\n address-family {} unicast\n{} exit-address-family\n",
                             family == Family::IPv4 ? "ipv4" : "ipv6", body);
    }

    /// The networks behind this router that no other router is attached to.
    std::string announcements(Family family) const {
        std::string body;
        for (const std::size_t index : self_.interfaces) {
            if (!view_.isStub(index)) continue;
            for (const Prefix& network : view_.interfaces()[index].networks(family))
                body += fmt::format("  network {}\n", toString(network));
        }
        return body;
    }

    std::string activations(Family family) const {
        std::string body;
        for (const Session& session : sessions_) {
            if (session.address.family() != family) continue;
            const std::string address = toString(session.address);
            body += fmt::format("  neighbor {} activate\n", address);
            if (isInternal(session)) body += fmt::format("  neighbor {} next-hop-self\n", address);
            if (session.role == Role::Client)
                body += fmt::format("  neighbor {} route-reflector-client\n", address);
            if (const Policy* policy = policyFor(session.role)) {
                body += fmt::format("  neighbor {} route-map from-{} in\n", address, policy->name);
                body += fmt::format("  neighbor {} route-map to-{} out\n", address, policy->name);
            }
        }
        return body;
    }

    /// Everything goes to customers; only own and customer routes go to peers and providers.
    void printPolicies() {
        const auto has = [&](Role role) {
            return std::ranges::find(sessions_, role, &Session::role) != sessions_.end();
        };
        if (has(Role::Peer) || has(Role::Provider)) {
            for (const Role role : {Role::Peer, Role::Provider}) {
                text_ += fmt::format("bgp community-list standard not-for-all permit {}\n",
                                     policyFor(role)->community);
            }
            text_ += "!\n";
        }
        for (const Policy& policy : kPolicies) {
            if (!has(policy.role)) continue;
            text_ +=
                fmt::format("route-map from-{} permit 10\n set community {}\n set local-preference {}\n!\n",
                            policy.name, policy.community, policy.localPreference);
            const bool isCustomer = policy.role == Role::Customer;
            if (!isCustomer)
                text_ +=
                    fmt::format("route-map to-{} deny 10\n match community not-for-all\n!\n", policy.name);
            text_ += fmt::format("route-map to-{} permit {}\n!\n", policy.name, isCustomer ? 10 : 20);
        }
    }

    const IntentView& view_;
    std::size_t node_;
    const IntentNode& self_;
    Asn asn_;
    std::vector<Session> sessions_;
    std::string text_;
};

}  // namespace

std::string bgp(const IntentView& view, std::size_t node) {
    const IntentNode& self = view.nodes()[node];
    if (!self.runs(IntentProtocol::Bgp) || !self.asn) return {};
    return BgpText(view, node).print();
}

}  // namespace peerscape::intents
