#include "engine/sim/tcp_timeout.hpp"

#include <algorithm>

#include "engine/base/hash.hpp"

namespace peerscape {

void TcpTimeout::measured(Duration roundTrip) {
    if (!estimate_) {
        // Section 2.2.
        estimate_ = Estimate{roundTrip, roundTrip / 2};
    } else {
        // Section 2.3, with alpha 1/8 and beta 1/4; the variation first, since it uses the old smoothed
        // value.
        const Duration difference =
            std::max(estimate_->smoothed - roundTrip, roundTrip - estimate_->smoothed);
        estimate_->variation = (estimate_->variation * 3 + difference) / 4;
        estimate_->smoothed = (estimate_->smoothed * 7 + roundTrip) / 8;
    }
    collapse();
}

void TcpTimeout::backOff() { current_ = std::min(current_ * 2, most_); }

void TcpTimeout::collapse() {
    if (estimate_) current_ = std::clamp(estimate_->smoothed + estimate_->variation * 4, least_, most_);
}

void TcpTimeout::beCautious(Duration atLeast) {
    if (!estimate_) current_ = atLeast;
}

std::uint64_t TcpTimeout::hash() const {
    StableHash hash;
    hash.add(static_cast<std::uint64_t>(current_.count()));
    if (!estimate_) return hash.value();
    hash.add(static_cast<std::uint64_t>(estimate_->smoothed.count()));
    hash.add(static_cast<std::uint64_t>(estimate_->variation.count()));
    return hash.value();
}

}  // namespace peerscape
