#pragma once

#include <cstddef>
#include <vector>

#include "protocols/bgp/config.hpp"

namespace peerscape::bgp {

/// Neighbours whose settings for an address family are equal have one copy of them between them, on whatever
/// router. A large lab of intents has a handful, which then are where memory is near whenever policy reads
/// them.
class SharedSettings {
  public:
    /// The settings of all its neighbours and groups are replaced by equal ones of earlier configurations.
    void share(BgpConfig& config);
    /// An earlier value that is equal, or else this one.
    SharedValue<NeighborFamilySettings> same(const SharedValue<NeighborFamilySettings>& settings);

  private:
    /// So many are remembered: where there are more different ones, there is little to be shared.
    static constexpr std::size_t kMost = 32;

    std::vector<SharedValue<NeighborFamilySettings>> known_;
    std::size_t next_ = 0;  ///< the one to be forgotten next, once there are so many
};

}  // namespace peerscape::bgp
