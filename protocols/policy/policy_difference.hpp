#pragma once

#include <set>
#include <string>
#include <string_view>

#include "protocols/policy/policy_set.hpp"

namespace peerscape::policy {

/// What differs between two states of a router's policy, for protocols that judge again only what may come
/// out otherwise.
class PolicyDifference {
  public:
    PolicyDifference(const PolicySet& before, const PolicySet& after);

    /// A list of this name, of whatever kind, is another one, or is in only one of the two.
    bool hasOtherList(std::string_view name) const { return lists_.contains(name); }
    /// Route-maps that are others: their own lines, a list that they name, or a route-map that they call.
    const std::set<std::string, std::less<>>& routeMaps() const { return routeMaps_; }

  private:
    std::set<std::string, std::less<>> lists_;
    std::set<std::string, std::less<>> routeMaps_;
};

}  // namespace peerscape::policy
