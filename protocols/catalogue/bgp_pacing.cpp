#include "protocols/catalogue/bgp_pacing.hpp"

#include <memory>
#include <utility>

#include "protocols/bgp/process_config.hpp"

namespace peerscape {

void giveBgpPacing(RouterConfig& config, const AdvertisementPacing& pacing) {
    const auto inSeconds = [](Duration interval) {
        return static_cast<std::uint16_t>(interval / Duration::seconds(1));
    };
    const bgp::LabPacing wanted{{inSeconds(pacing.external), inSeconds(pacing.internal)}, pacing.jitters};
    if (wanted == bgp::LabPacing()) return;
    auto& present = config.processes[bgp::BgpProcessConfig::kProtocol];
    const auto* begun = dynamic_cast<const bgp::BgpProcessConfig*>(present.get());
    auto paced = begun == nullptr ? std::make_shared<bgp::BgpProcessConfig>()
                                  : std::make_shared<bgp::BgpProcessConfig>(*begun);
    paced->value.labPacing = wanted;
    present = std::move(paced);
}

}  // namespace peerscape
