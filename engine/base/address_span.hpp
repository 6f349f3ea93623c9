#pragma once

#include <algorithm>
#include <optional>

#include "engine/base/ip_address.hpp"

namespace peerscape {

/// From the smallest to the largest of some addresses: says at once that none of them is in a network, as it
/// is with most networks, without a look at any of them. It never shrinks.
class AddressSpan {
  public:
    void include(const IpAddress& address) {
        if (!ends_) ends_ = Ends{address, address};
        ends_->first = std::min(ends_->first, address);
        ends_->last = std::max(ends_->last, address);
    }
    /// False: certainly none of them.
    bool mayMeet(const Prefix& network) const {
        return ends_ && !(ends_->last < network.address()) && !(network.lastAddress() < ends_->first);
    }

  private:
    struct Ends {
        IpAddress first;
        IpAddress last;
    };
    std::optional<Ends> ends_;
};

}  // namespace peerscape
