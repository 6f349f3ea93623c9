#include "protocols/bgp/process_config.hpp"

#include <utility>

namespace peerscape::bgp {

std::shared_ptr<const ProcessConfig> BgpProcessConfig::withPolicy(
    std::shared_ptr<const SharedPolicy> newPolicy) const {
    auto copy = std::make_shared<BgpProcessConfig>(*this);
    copy->policy = std::move(newPolicy);
    return copy;
}

}  // namespace peerscape::bgp
