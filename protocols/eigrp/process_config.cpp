#include "protocols/eigrp/process_config.hpp"

#include <utility>

namespace peerscape::eigrp {

std::shared_ptr<const ProcessConfig> EigrpProcessConfig::withPolicy(
    std::shared_ptr<const SharedPolicy> newPolicy) const {
    std::shared_ptr<ProcessConfig> copy = clone();
    dynamic_cast<EigrpProcessConfig&>(*copy).policy = std::move(newPolicy);
    return copy;
}

}  // namespace peerscape::eigrp
