#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "engine/lab/lab.hpp"
#include "engine/record/table_cycle.hpp"

namespace peerscape {

/// A lab that will never come to rest: at `again` everything was as it had been at `first`.
struct Oscillation {
    SimTime first;
    SimTime again;
    std::vector<TableCycle::Change> round;  ///< what changed in between, in order

    /// After which everything comes again.
    Duration period() const { return again - first; }
};

/// Looks whether a lab is again where it has been before: the tables of all routers, what their processes
/// have heard, told and put off, and the messages on their way with the time each has travelled. What a
/// deterministic network does follows from these, so once they return they return for ever, as long as
/// nothing from outside disturbs it and the sessions live.
///
/// There is no false alarm: where chance or time has a part in what comes (lossy links, jittered intervals,
/// dampening, protocols that cannot tell whether they are where they were, see Recurrent), nothing is found.
/// TCP counts as a pipe: without losses and with less under way than its window it is one.
///
/// Looking costs little: it begins when a lab goes on changing long after the last disturbance, and never
/// takes more than a part of the time that the events themselves take. States are compared as in Brent's
/// search for cycles (1980): one is remembered, and another one, later and later, takes its place.
class OscillationWatch {
  public:
    /// So long after a disturbance nobody wonders that routes change.
    static constexpr Duration kPatience = Duration::seconds(60);

    /// To be called after each event of the lab, or nothing is found.
    void follow(const Lab& lab);
    /// Set once and for all.
    const std::optional<Oscillation>& found() const { return found_; }

  private:
    /// Bytes of a TCP connection on a link.
    struct UnderWay {
        PacketPtr packet;
        SimTime sentAt;
        NodeId node;
        InterfaceId interface;
    };

    void read(const RecordLog& log);
    void begin(const Lab& lab);
    void look(const Lab& lab);
    std::optional<std::uint64_t> stateOf(const Lab& lab) const;

    std::optional<Oscillation> found_;
    std::optional<SimTime> disturbance_;     ///< the one that is being watched
    SimTime completeFrom_;                   ///< from then on `underWay_` has everything
    SimTime restUntil_;                      ///< nothing is looked at before
    std::uint64_t read_ = 0;                 ///< the next record's number
    std::map<RecordId, UnderWay> underWay_;  ///< by the record of their sending, so in that order
    std::vector<TableCycle::Change> round_;  ///< since the remembered state
    bool hasChanged_ = false;                ///< in the present instant
    std::uint64_t credit_ = 0;               ///< nodes that may be looked at for the events there were
    std::uint64_t refusals_ = 0;             ///< states, one after the other, of which nothing can be said
    std::optional<std::uint64_t> remembered_;
    SimTime rememberedAt_;
    std::uint64_t steps_ = 0;
    std::uint64_t power_ = 1;
};

}  // namespace peerscape
