#pragma once

#include <optional>

#include "engine/base/time.hpp"

namespace peerscape {

/// How long to wait for an acknowledgement before sending again: computed from round trips (RFC 6298).
class TcpTimeout {
  public:
    /// `initial` holds until the first round trip was measured; afterwards the result lies in [least, most].
    TcpTimeout(Duration initial, Duration least, Duration most)
        : least_(least), most_(most), current_(initial) {}

    Duration current() const { return current_; }

    /// A round trip of something that was sent once only (Karn's rule is the caller's).
    void measured(Duration roundTrip);
    /// Section 5.5: the timer ran out.
    void backOff();
    /// Ends the back-off: the peer acknowledged something new, so it is there.
    void collapse();
    /// Section 5.7: the SYN needed more than one try, so less is known of the way than the initial value
    /// hoped.
    void beCautious(Duration atLeast);
    std::uint64_t hash() const;

    friend bool operator==(const TcpTimeout&, const TcpTimeout&) = default;

  private:
    struct Estimate {
        Duration smoothed;
        Duration variation;
        friend bool operator==(const Estimate&, const Estimate&) = default;
    };

    Duration least_;
    Duration most_;
    Duration current_;
    std::optional<Estimate> estimate_;
};

}  // namespace peerscape
