#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/routing/router_config.hpp"
#include "protocols/bgp/shared_settings.hpp"

namespace peerscape {

/// What the configurations of a lab's routers have in common is there once.
///
/// Routers whose lists, route-maps and key chains read the same have one copy of them between them. In a
/// large lab of intents there are a handful; and what a route-map has said of the same attributes is then not
/// asked again at each of the routers (bgp::ImportMemo). For neighbours see bgp::SharedSettings.
class SharedConfigs {
  public:
    /// Parts of the configuration are replaced by parts of earlier ones that say the same.
    void share(RouterConfig& config);

  private:
    void sharePolicy(RouterConfig& config);
    void shareNeighbors(RouterConfig& config);

    std::map<std::string, std::shared_ptr<const SharedPolicy>> policies_;  ///< by their text
    bgp::SharedSettings settings_;
};

}  // namespace peerscape
