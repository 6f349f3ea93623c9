#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

#include "engine/base/ids.hpp"

namespace peerscape::eigrp::dual {

/// A composite metric as DUAL compares it: the distance of a path. All ones is infinity: unreachable.
/// Along every link it must grow; the vector metrics it was made of are the caller's.
class CompositeDistance {
  public:
    /// Infinity.
    constexpr CompositeDistance() = default;
    constexpr explicit CompositeDistance(std::uint64_t value) : value_(value) {}
    static constexpr CompositeDistance infinity() { return CompositeDistance(); }
    /// The distance of an external path, which loses against every internal one (RFC 7868, 5.4.1). The class
    /// of a path is the same at all routers, so that this order is as good as that of plain numbers.
    static constexpr CompositeDistance external(std::uint64_t metric) {
        return CompositeDistance(kExternal | metric);
    }

    constexpr bool isFinite() const { return value_ != UINT64_MAX; }
    constexpr bool isExternal() const { return isFinite() && (value_ & kExternal) != 0; }
    /// The metric itself, without the mark of external paths; infinity stays all ones.
    constexpr std::uint64_t metric() const { return isExternal() ? value_ & ~kExternal : value_; }

    /// The number that is compared.
    constexpr std::uint64_t raw() const { return value_; }

    friend constexpr auto operator<=>(CompositeDistance, CompositeDistance) = default;

  private:
    static constexpr std::uint64_t kExternal = std::uint64_t{1} << 63;

    std::uint64_t value_ = UINT64_MAX;
};

/// Whose path it is: a neighbour as the process numbers them, or this router itself.
using NeighborId = Id<struct EigrpNeighborTag, std::uint16_t>;
/// Paths of this router itself. Theirs are the largest ids; neighbours have smaller ones.
inline constexpr NeighborId kRedistributed{0xFFFC};
inline constexpr NeighborId kSummary{0xFFFD};
inline constexpr NeighborId kConnected{0xFFFE};
constexpr bool isLocal(NeighborId source) { return source.isSome() && source >= kRedistributed; }

/// The caller's number for what else a path has: its vector metric, tag, external data, next hop.
using AttributesId = Id<struct EigrpAttributesTag>;

/// What DUAL has to know of a neighbour.
struct Neighbor {
    InterfaceId interface;     ///< neighbours of one interface share split horizon
    bool splitHorizon = true;  ///< routes through this interface are told as unreachable on it
    bool isStub = false;       ///< announces itself as stub: is told of routes, never queried
};

/// What a neighbour says, and what it makes of the way there.
struct Offer {
    CompositeDistance reported;  ///< RD: the neighbour's own distance. Infinity: it has no path
    CompositeDistance distance;  ///< CD: through this neighbour, its link included; infinity if RD is
    AttributesId attributes;

    friend bool operator==(const Offer&, const Offer&) = default;
};

/// The messages that carry routes (RFC 7868, 5.3). A request is the caller's business.
enum class Message : std::uint8_t { Update, Query, Reply, SiaQuery, SiaReply };

/// Passive, or Active with the value of the QUERY origin flag o_ij (RFC 7868, 3.5, figure 1).
enum class State : std::uint8_t {
    Passive,
    Active0,  ///< o=0: we asked, and the distance through the successor has grown since (or it is lost)
    Active1,  ///< o=1: we asked
    Active2,  ///< o=2: the successor asked, and that was or is not the only change
    Active3,  ///< o=3: the successor asked
};
inline constexpr std::array kStates{State::Passive, State::Active0, State::Active1, State::Active2,
                                    State::Active3};

/// The numbered transitions of RFC 7868, 3.5: what a router finds that an input means for a destination. FC
/// is the feasibility condition; `last reply` means that nothing else is awaited.
enum class InputEvent : std::uint8_t {
    IE1 = 1,  ///< Passive: query from a neighbour that is not the successor; FC holds
    IE2,      ///< Passive: any other change; FC holds
    IE3,      ///< Passive: query from the successor, FC fails
    IE4,      ///< Passive: any other change, FC fails
    IE5,      ///< Active 0 or 1: query from the successor
    IE6,      ///< Active: query from a neighbour that is not the successor
    IE7,      ///< Active: a change that is only noted
    IE8,      ///< Active: reply, or loss of a neighbour that owed one; more are awaited
    IE9,      ///< Active 1: distance through the successor has grown, or the successor is lost
    IE10,     ///< Active 3: the same
    IE11,     ///< Active 0: last reply, FC fails
    IE12,     ///< Active 2: last reply, FC fails
    IE13,     ///< Active 3: last reply
    IE14,     ///< Active 0: last reply, FC holds
    IE15,     ///< Active 1: last reply
    IE16,     ///< Active 2: last reply, FC holds
};
inline constexpr int kInputEvents = 16;
/// Whether queries follow.
constexpr bool asks(InputEvent event) {
    return event == InputEvent::IE3 || event == InputEvent::IE4 || event == InputEvent::IE11 ||
           event == InputEvent::IE12;
}

/// "Passive", "Active 1": for people.
std::string_view name(State state);
/// "update", "sia-query": for people.
std::string_view name(Message message);

}  // namespace peerscape::eigrp::dual
