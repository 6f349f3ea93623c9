#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/routing/router_config.hpp"

namespace peerscape {

/// Routers whose lists, route-maps and key chains read the same have one copy of them between them. In a
/// large lab of intents there are a handful; and what a route-map has said of the same attributes is then not
/// asked again at each of the routers (bgp::ImportMemo).
class SharedPolicies {
  public:
    /// The configuration gets the policy of an earlier one that prints the same.
    void share(RouterConfig& config);

  private:
    std::map<std::string, std::shared_ptr<const SharedPolicy>> byText_;
};

}  // namespace peerscape
