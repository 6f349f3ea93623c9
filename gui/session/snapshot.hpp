#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/time.hpp"
#include "gui/session/comparison.hpp"
#include "gui/session/layers.hpp"
#include "gui/session/protocol_rows.hpp"
#include "gui/session/reach_matrix.hpp"

/// What the window shows of a run: plain values, made by the session and never changed afterwards.
namespace peerscape::gui {

/// One thing that happened, in words.
struct EventRow {
    enum class Kind : std::uint8_t { Action, Interface, Process, Message, Drop, Route, Note, Problem };

    std::uint64_t id = 0;  ///< the record's number in the log
    SimTime time;
    Kind kind = Kind::Note;
    std::string node;        ///< empty: the whole lab
    std::string protocol;    ///< as `redistribute` names it; empty: nobody's
    std::string text;        ///< a sentence
    std::string link;        ///< of a message or a loss: where it went; empty: nowhere
    bool isRoutine = false;  ///< a keepalive, a hello, an acknowledgement: hidden unless asked for
};

/// What happened on one timeline, in order; longer ago than kMost rows is forgotten. Copies share what they
/// have in common.
class EventRows {
  public:
    static constexpr std::size_t kChunk = 256;
    static constexpr std::size_t kMost = 200'000;

    std::size_t size() const { return chunks_.size() * kChunk + tail_.size(); }
    bool isEmpty() const { return size() == 0; }
    const EventRow& operator[](std::size_t index) const {
        const std::size_t chunk = index / kChunk;
        return chunk < chunks_.size() ? (*chunks_[chunk])[index % kChunk] : tail_[index % kChunk];
    }
    void append(EventRow row);
    /// Forgets the rows of records from `id` on.
    void cutFrom(std::uint64_t id);
    /// How many rows have a time not after `time`.
    std::size_t countUpTo(SimTime time) const;
    /// How many of the oldest rows were forgotten since there were too many.
    std::size_t forgotten() const { return forgotten_; }

  private:
    using Chunk = std::vector<EventRow>;
    std::vector<std::shared_ptr<const Chunk>> chunks_;  ///< kChunk rows each
    Chunk tail_;                                        ///< fewer than kChunk
    std::size_t forgotten_ = 0;
};

/// An interface as the canvas and the inspector show it.
struct InterfaceView {
    std::string name;
    std::vector<std::string> addresses;
    std::string link;  ///< empty: no cable
    bool isUp = false;
    bool isAdminUp = true;
    bool hasCarrier = false;
    bool isLoopback = false;

    friend bool operator==(const InterfaceView&, const InterfaceView&) = default;
};

struct NodeView {
    std::string name;
    bool isHost = false;
    bool isCutOff = false;     ///< all its cables are pulled
    bool isUnsettled = false;  ///< a process of it still expects change
    std::vector<std::string> protocols;
    std::vector<InterfaceView> interfaces;
    std::vector<std::string> alarms;  ///< "198.51.100.0/25 from AS 65066": what it should not believe

    friend bool operator==(const NodeView&, const NodeView&) = default;
};

/// One plug of a link: what its light shows.
struct EndView {
    enum class Light : std::uint8_t { Up, Down, AdminDown, Silent };
    std::string node;
    std::string interface;
    Light light = Light::Up;

    friend bool operator==(const EndView&, const EndView&) = default;
};

struct LinkView {
    std::string name;
    bool isLan = false;
    bool isUp = true;
    bool isAdded = false;    ///< by an action: the lab file does not have it
    bool isSilent = false;   ///< swallows packets, and no end sees it
    std::string properties;  ///< "2 ms, 1 Gbit"
    std::string delay;       ///< as the lab file says it, like the next two
    std::string bandwidth;
    std::string loss;
    std::vector<EndView> ends;

    friend bool operator==(const LinkView&, const LinkView&) = default;
};

/// A BGP session as one of its ends sees it.
struct SessionView {
    std::string node;
    std::string neighbor;  ///< the node, or the address where no node has it
    std::string state;     ///< "Established", "Idle" …
    std::string reason;    ///< why it is not established; empty: nothing to say
};

struct RouteRow {
    std::string prefix;
    std::string protocol;
    std::string preference;  ///< "120/2": distance and metric
    std::string via;
    SimTime since;
    bool isSelected = false;
};

/// What a router's own command prints of one of its tables.
struct TextTable {
    std::string title;    ///< "RIP"
    std::string command;  ///< "show ip rip"
    std::string text;
};

/// The tables of the node that is looked at.
struct NodeTables {
    std::string node;
    std::vector<RouteRow> routes;
    std::vector<FibRow> fib;
    std::vector<RipRow> rip;
    std::vector<EigrpRow> eigrp;
    std::vector<BgpRow> bgp;
    std::vector<NeighborRow> neighbors;
    std::vector<TextTable> texts;
};

struct ExpectationView {
    enum class Verdict : std::uint8_t { Pass, Fail, Warning, Inconclusive, Skipped };
    std::string step;
    std::string claim;   ///< "A reaches 10.4.0.1 by A, C, D"
    std::string actual;  ///< at the instant that decided
    std::string remark;  ///< the author's sentence on a pass or a failure
    Verdict verdict = Verdict::Skipped;
    SimTime judgedAt;
    std::optional<SimTime> firstWrongAt;
};

/// An announcement that the lab file's `watch` does not allow, and somebody believes.
struct AlarmView {
    std::string announcement;            ///< "198.51.100.0/25 from AS 65066"
    std::vector<std::string> believers;  ///< routers, by name

    friend bool operator==(const AlarmView&, const AlarmView&) = default;
};

/// An instant that the time bar marks.
struct TimeMark {
    enum class Kind : std::uint8_t { Action, Step, Converged };
    SimTime time;
    Kind kind = Kind::Action;
    std::string text;
};

struct TimelineView {
    std::string name;
    std::string parent;  ///< empty: the first one
    SimTime begun;
    SimTime furthest;
};

/// A run at one instant.
struct Snapshot {
    std::string title;
    SimTime now;
    SimTime furthest;     ///< how far the present timeline reaches
    bool hasMore = true;  ///< something will still happen by itself
    std::uint64_t fingerprint = 0;
    std::uint64_t eventsHandled = 0;
    std::string timeline;
    std::vector<TimelineView> timelines;
    std::string nextStep;  ///< of the lab file; empty: all are done
    std::vector<NodeView> nodes;
    std::vector<LinkView> links;
    std::vector<SessionView> sessions;
    std::vector<std::string> prefixes;  ///< those that any router has a route to
    std::string prefix;                 ///< the chosen one
    std::vector<HopArrow> arrows;       ///< for the chosen prefix
    std::vector<Telling> tellings;      ///< of the chosen prefix, if somebody wants to see them
    std::vector<LinkLoad> loads;        ///< if somebody wants to see them
    NodeTables tables;
    std::vector<ExpectationView> expectations;
    std::vector<AlarmView> alarms;  ///< of this instant
    std::vector<TimeMark> marks;
    EventRows events;
    ReachMatrixPtr reach;      ///< null: nobody wants to see it
    ComparisonPtr comparison;  ///< null: with nothing
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// What the window wants to see besides what every snapshot has.
struct Watch {
    std::string node;                                  ///< whose tables
    std::string prefix;                                ///< whose arrows
    bool reach = false;                                ///< who reaches whom
    std::optional<OtherInstant> other = std::nullopt;  ///< what tables are compared with
    bool tellings = false;                             ///< who told whom of the prefix
    bool loads = false;                                ///< what links carry

    friend bool operator==(const Watch&, const Watch&) = default;
};

}  // namespace peerscape::gui
