#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "engine/base/hash.hpp"
#include "engine/record/record.hpp"

namespace peerscape {

/// Records in the order of their numbers.
using Records = std::deque<Record>;

/// The append-only log of a run. Readers pull from it; nobody is called back.
///
/// Every record is numbered and enters the fingerprint. Which kinds are kept for reading is a choice that
/// changes neither: a long run may keep only what its report needs.
class RecordLog {
  public:
    /// Bit i set: records of the i-th alternative of record::What are kept.
    using Kinds = std::uint32_t;
    static constexpr Kinds kAll = UINT32_MAX;

    RecordLog() = default;
    /// A log for a copy of the world that is thrown away: numbered behind every record of any run, since the
    /// copy still holds causes from the run's own log.
    static RecordLog forCopy() {
        RecordLog log;
        log.next_ = std::uint64_t{1} << 62;
        return log;
    }

    /// Appends, and returns the new record's number.
    RecordId append(SimTime time, NodeId node, RecordId cause, record::What what);

    void keep(Kinds kinds) { kinds_ = kinds; }
    /// Lets go of the kept records before `id`, which whoever needs them has read. Numbers and fingerprint
    /// stay.
    void discardBefore(RecordId id);

    /// How many records there have been, kept or not; also the number of the next one.
    std::uint64_t count() const { return next_; }
    /// Equal for equal runs, different (but for chance) as soon as one record differs.
    std::uint64_t fingerprint() const { return fingerprint_.value(); }

    const Records& kept() const { return kept_; }
    /// The record of that number, if it was kept.
    const Record* find(RecordId id) const;
    /// Position in kept() of the first record whose number is at least `id`.
    std::size_t positionOf(RecordId id) const;

    /// When the last change of a selected route was recorded, anywhere; nothing when there was none.
    std::optional<SimTime> lastRouteChange() const { return lastRouteChange_; }

    /// How many changes of selected routes there have been.
    std::uint64_t routeChanges() const { return routeChanges_; }

    /// A place to come back to: what the log held at some moment.
    struct Mark {
        std::uint64_t count = 0;
        StableHash fingerprint;
        std::optional<SimTime> lastRouteChange;
        std::uint64_t routeChanges = 0;
    };
    Mark mark() const { return {next_, fingerprint_, lastRouteChange_, routeChanges_}; }
    /// Forgets everything after the mark (seeking back, cutting the timeline).
    void rewindTo(const Mark& mark);

  private:
    Records kept_;
    std::uint64_t next_ = 0;
    StableHash fingerprint_;
    std::optional<SimTime> lastRouteChange_;
    std::uint64_t routeChanges_ = 0;
    Kinds kinds_ = kAll;
};

/// What the fingerprint sees of a packet: its header and size, not the encoded payload.
std::uint64_t hashOf(const Packet& packet);

}  // namespace peerscape
