#pragma once

#include <cstdint>
#include <utility>

#include "protocols/bgp/attributes.hpp"

namespace peerscape::bgp {

/// The attributes of a path, and beside them what the decision process asks of every path first: in a large
/// lab each attribute lies somewhere else, and most paths lose before anything else has to be read. They
/// always agree, since attributes are only replaced as a whole.
class JudgedAttributes {
  public:
    struct Rank {
        std::uint32_t localPreference = 0;  ///< if it has one
        std::uint32_t med = 0;              ///< if it has one
        std::uint16_t length = 0;  ///< of the AS path; what is longer than this can hold is this long
        std::uint16_t lengthWithConfederation = 0;
        Origin origin = Origin::Incomplete;
        bool hasLocalPreference : 1 = false;
        bool hasMed : 1 = false;
        bool hasOriginator : 1 = false;     ///< an ORIGINATOR_ID (RFC 4456)
        bool isLongLivedStale : 1 = false;  ///< it says so itself (RFC 9494 section 4.3)
        friend bool operator==(const Rank&, const Rank&) = default;
    };

    JudgedAttributes() = default;
    JudgedAttributes(SharedAttributes attributes) : value_(std::move(attributes)), rank_(rankOf(*value_)) {}

    const PathAttributes& operator*() const { return *value_; }
    const PathAttributes* operator->() const { return &*value_; }
    const SharedAttributes& shared() const { return value_; }
    operator const SharedAttributes&() const { return value_; }
    const Rank& rank() const { return rank_; }

    /// Asks memory for the attributes.
    void prefetch() const { value_.prefetch(); }

    friend bool operator==(const JudgedAttributes& a, const JudgedAttributes& b) {
        return a.value_ == b.value_;
    }

  private:
    static Rank rankOf(const PathAttributes& attributes);

    SharedAttributes value_;
    Rank rank_;
};

}  // namespace peerscape::bgp
