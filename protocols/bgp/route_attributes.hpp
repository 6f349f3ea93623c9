#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "protocols/bgp/attributes.hpp"
#include "protocols/policy/route_map.hpp"

namespace peerscape::bgp {

/// What a route-map may ask about a route besides its attributes.
struct RouteCircumstances {
    Asn localNumber;                  ///< for `set as-path replace` and the bandwidth's owner
    std::optional<IpAddress> peer;    ///< the neighbour that it is from or goes to
    std::string_view peerInterface;   ///< of a neighbour that is named by its interface; else empty
    std::optional<IpAddress> source;  ///< the neighbour that it is from, for `route-source`
    bool isLocal = false;             ///< originated here
    std::uint32_t defaultLocalPreference = 100;  ///< what a route of our own has without saying it
    std::optional<policy::RpkiState> rpki;       ///< none: origins are not validated
    std::optional<std::uint32_t> igpMetric;      ///< to the next hop; none: unreachable
    std::uint32_t multipaths = 1;                ///< paths that share the load with it
    double cumulativeOctetsPerSecond = 0;        ///< of their links together; 0: not known
};

/// What a route-map wishes for the next hop, besides addresses (RouteSettings).
struct NextHopWishes {
    bool isUnchanged = false;    ///< `set ip next-hop unchanged`
    bool isPeerAddress = false;  ///< `set ip|ipv6 next-hop peer-address`
    bool prefersGlobal = false;  ///< `set ipv6 next-hop prefer-global`
    friend bool operator==(const NextHopWishes&, const NextHopWishes&) = default;
};

/// A route's attributes as route-maps ask for and change them. They are copied; what is not changed stays
/// shared with the original. Usage:
///
///   BgpRouteAttributes attributes(*path.attributes, circumstances);
///   facts.attributes = &attributes;
///   const auto verdict = policy::evaluate(lists, "RM", facts, settings);
///   if (verdict.isPermitted) use(attributes.attributes(), attributes.weight());
class BgpRouteAttributes final : public policy::RouteAttributes {
  public:
    BgpRouteAttributes(PathAttributes attributes, RouteCircumstances circumstances)
        : attributes_(std::move(attributes)), circumstances_(circumstances) {}

    const PathAttributes& attributes() const { return attributes_; }
    /// The same when nobody asks any more.
    PathAttributes take() { return std::move(attributes_); }
    /// Present when a route-map has set it.
    std::optional<std::uint32_t> weight() const { return weight_; }
    const NextHopWishes& nextHop() const { return nextHop_; }

    policy::MatchResult matches(const policy::AttributeMatch& clause,
                                const policy::PolicySet& policy) const override;
    void set(const policy::AttributeSet& clause, const policy::PolicySet& policy) override;

  private:
    const std::string& pathText() const;
    std::uint32_t localPreference() const;
    AsPath& editPath();

    bool ask(const policy::MatchAsPath& clause, const policy::PolicySet& policy) const;
    bool ask(const policy::MatchCommunity& clause, const policy::PolicySet& policy) const;
    bool ask(const policy::MatchLargeCommunity& clause, const policy::PolicySet& policy) const;
    bool ask(const policy::MatchExtendedCommunity& clause, const policy::PolicySet& policy) const;
    bool ask(const policy::MatchLocalPreference& clause, const policy::PolicySet& policy) const;
    bool ask(const policy::MatchOrigin& clause, const policy::PolicySet& policy) const;
    bool ask(const policy::MatchPeer& clause, const policy::PolicySet& policy) const;
    bool ask(const policy::MatchRouteSource& clause, const policy::PolicySet& policy) const;
    bool ask(const policy::MatchRpki& clause, const policy::PolicySet& policy) const;

    void apply(const policy::SetAsPathPrepend& clause, const policy::PolicySet& policy);
    void apply(const policy::SetAsPathExclude& clause, const policy::PolicySet& policy);
    void apply(const policy::SetAsPathReplace& clause, const policy::PolicySet& policy);
    void apply(const policy::SetCommunity& clause, const policy::PolicySet& policy);
    void apply(const policy::SetLargeCommunity& clause, const policy::PolicySet& policy);
    void apply(const policy::SetCommunityDeletion& clause, const policy::PolicySet& policy);
    void apply(const policy::SetExtendedCommunity& clause, const policy::PolicySet& policy);
    void apply(const policy::SetNoExtendedCommunity& clause, const policy::PolicySet& policy);
    void apply(const policy::SetLinkBandwidth& clause, const policy::PolicySet& policy);
    void apply(const policy::SetLocalPreference& clause, const policy::PolicySet& policy);
    void apply(const policy::SetWeight& clause, const policy::PolicySet& policy);
    void apply(const policy::SetOrigin& clause, const policy::PolicySet& policy);
    void apply(const policy::SetAtomicAggregate& clause, const policy::PolicySet& policy);
    void apply(const policy::SetAggregator& clause, const policy::PolicySet& policy);
    void apply(const policy::SetOriginatorId& clause, const policy::PolicySet& policy);
    void apply(const policy::SetAigp& clause, const policy::PolicySet& policy);
    void apply(const policy::SetNextHopRule& clause, const policy::PolicySet& policy);

    PathAttributes attributes_;
    RouteCircumstances circumstances_;
    std::optional<std::uint32_t> weight_;
    NextHopWishes nextHop_;
    mutable std::optional<std::string> pathText_;  ///< made when first asked for
};

}  // namespace peerscape::bgp
