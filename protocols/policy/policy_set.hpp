#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/ip_address.hpp"
#include "engine/routing/router_config.hpp"
#include "protocols/policy/key_chain.hpp"
#include "protocols/policy/lists.hpp"
#include "protocols/policy/path_lists.hpp"
#include "protocols/policy/route_map.hpp"

namespace peerscape::policy {

/// All lists, route-maps and key chains of one router: a value, shared by its protocols.
///
///   const auto* policy = dynamic_cast<const PolicySet*>(config.policy.get());   // null: nothing configured
///   const RouteMapVerdict verdict = evaluate(*policy, "RM", facts, settings);
class PolicySet final : public SharedPolicy {
  public:
    template <typename T>
    using Named = std::map<std::string, T, std::less<>>;

    std::unique_ptr<SharedPolicy> clone() const override { return std::make_unique<PolicySet>(*this); }

    /// Null when there is none of this name.
    const PrefixList* prefixList(Family family, std::string_view name) const {
        return find(prefixLists(family), name);
    }
    const AccessList* accessList(Family family, std::string_view name) const {
        return find(accessLists(family), name);
    }
    const RouteMap* routeMap(std::string_view name) const { return find(routeMaps, name); }

    const AsPathList* asPathList(std::string_view name) const { return find(asPathLists, name); }
    const CommunityList* communityList(std::string_view name) const { return find(communityLists, name); }
    const LargeCommunityList* largeCommunityList(std::string_view name) const {
        return find(largeCommunityLists, name);
    }
    const ExtendedCommunityList* extendedCommunityList(std::string_view name) const {
        return find(extendedCommunityLists, name);
    }

    const KeyChain* keyChain(std::string_view name) const { return find(keyChains, name); }

    const Named<PrefixList>& prefixLists(Family family) const {
        return family == Family::IPv4 ? prefixLists4 : prefixLists6;
    }
    Named<PrefixList>& prefixLists(Family family) {
        return family == Family::IPv4 ? prefixLists4 : prefixLists6;
    }
    const Named<AccessList>& accessLists(Family family) const {
        return family == Family::IPv4 ? accessLists4 : accessLists6;
    }
    Named<AccessList>& accessLists(Family family) {
        return family == Family::IPv4 ? accessLists4 : accessLists6;
    }

    Named<PrefixList> prefixLists4;
    Named<PrefixList> prefixLists6;
    Named<AccessList> accessLists4;
    Named<AccessList> accessLists6;
    Named<AsPathList> asPathLists;
    Named<CommunityList> communityLists;
    Named<ExtendedCommunityList> extendedCommunityLists;
    Named<LargeCommunityList> largeCommunityLists;
    Named<RouteMap> routeMaps;
    Named<KeyChain> keyChains;

  private:
    template <typename T>
    static const T* find(const Named<T>& map, std::string_view name) {
        const auto found = map.find(name);
        return found == map.end() ? nullptr : &found->second;
    }
};

/// Which entry of a prefix-list or access-list denies the network: "seq 5 deny 10.0.0.0/8", "no entry of it
/// matches".
std::string denial(const PolicySet& lists, Family family, std::string_view list, bool isPrefixList,
                   const Prefix& prefix);

/// The router's policy, or an empty one when nothing is configured.
const PolicySet& policyOf(const SharedPolicy* policy);

}  // namespace peerscape::policy
