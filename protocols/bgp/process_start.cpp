// Until process.cpp defines BgpProcessConfig::start: without a definition nothing that makes a
// BgpProcessConfig links.
#include "engine/base/check.hpp"
#include "protocols/bgp/process_config.hpp"

namespace peerscape::bgp {

std::unique_ptr<Process> BgpProcessConfig::start(std::shared_ptr<const ProcessConfig>, RandomStream) const {
    PEERSCAPE_CHECK(false);
    return nullptr;
}

}  // namespace peerscape::bgp
