#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/base/ip_address.hpp"
#include "engine/base/small_vector.hpp"

namespace peerscape {

/// How many prefixes of each length a table has, of both families. There are seldom more than a few lengths.
class PrefixLengths {
  public:
    struct Use {
        Family family = Family::IPv4;
        std::uint8_t length = 0;
        std::uint32_t count = 0;  ///< never 0
    };

    void add(const Prefix& prefix) {
        const auto place = placeOf(prefix);
        if (place != uses_.end() && isOf(*place, prefix)) {
            ++place->count;
        } else {
            uses_.insert(place, {prefix.family(), prefix.length(), 1});
        }
    }
    /// One that has been added.
    void remove(const Prefix& prefix) {
        const auto place = placeOf(prefix);
        if (--place->count == 0) uses_.erase(place);
    }
    /// Those of IPv4, then those of IPv6; of each the longest first.
    std::span<const Use> inUse() const { return uses_; }

  private:
    using Uses = SmallVector<Use, 2>;

    static bool isOf(const Use& use, const Prefix& prefix) {
        return use.family == prefix.family() && use.length == prefix.length();
    }
    /// Where it stands, or would.
    Uses::iterator placeOf(const Prefix& prefix) {
        return std::ranges::find_if(uses_, [&](const Use& use) {
            return use.family != prefix.family() ? use.family > prefix.family()
                                                 : use.length <= prefix.length();
        });
    }

    Uses uses_;
};

}  // namespace peerscape
