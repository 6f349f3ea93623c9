#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/quantities.hpp"
#include "engine/base/time.hpp"
#include "engine/topology/topology.hpp"
#include "scenarios/format/lab_expectations.hpp"
#include "scenarios/report/buckets.hpp"

/// What a report says, as plain values. The collector gathers them while a run goes on, the writers turn them
/// into files. Nothing in here grows with the number of records.
namespace peerscape::report {

struct GroupBox {
    std::string name;
    std::string kind;
    std::string title;
    std::optional<Asn> asn;
    std::optional<std::size_t> parent;  ///< position in Drawing::groups
};

struct DrawnNode {
    std::string name;
    NodeKind kind = NodeKind::Router;
    std::optional<std::size_t> group;
    std::optional<Asn> asn;
    std::optional<std::array<double, 2>> position;  ///< of the lab file
};

struct DrawnEnd {
    std::size_t node = 0;  ///< position in Drawing::nodes
    std::string interface;
    std::vector<std::string> addresses;
};

struct DrawnLink {
    std::string name;
    SegmentKind kind = SegmentKind::PointToPoint;
    std::vector<DrawnEnd> ends;
    Duration delay;
    Bandwidth bandwidth;
    Probability loss;
    Probability duplicate;
    Probability reorder;
    Probability corrupt;
    bool isUp = true;  ///< at the end of the run
};

/// The topology as it is at the end of the run.
struct Drawing {
    std::vector<GroupBox> groups;
    std::vector<DrawnNode> nodes;
    std::vector<DrawnLink> links;
};

struct Expectation {
    std::string kind;    ///< its word in the lab file: "reaches"
    std::string claim;   ///< the author's name for it; empty: `expected` says it all
    std::string remark;  ///< what the author says now that it holds; empty: nothing
    Verdict verdict = Verdict::Skipped;
    std::string expected;
    std::string actual;
    std::optional<SimTime> firstWrongAt;
    std::string place;  ///< "lab.yaml:12:9"; empty: unknown
    std::uint32_t weight = 1;
};

struct ProtocolTraffic {
    std::string protocol;
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;  ///< of IP packets
};

struct DropCount {
    std::string reason;
    std::uint64_t packets = 0;
};

/// What became of a measuring flow in one step.
struct FlowOutcome {
    std::string name;
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t lost = 0;
    std::uint64_t looped = 0;           ///< those of the lost ones whose TTL ran out
    std::uint64_t late = 0;             ///< of the received ones: overtaken by one sent later
    std::optional<Duration> meanDelay;  ///< nothing: none received
};

struct ProbeOutcome {
    std::string from;
    std::string to;
    bool isReached = false;
    std::string outcome;           ///< "reached", or why not
    std::vector<std::string> way;  ///< names of nodes, the sender first
    std::optional<Duration> roundTrip;
};

/// A watched prefix, or a part of one, that comes from an origin that may not announce it.
struct Alarm {
    std::string watched;
    std::string prefix;
    std::string origin;  ///< "AS 65066"
    SimTime begin;
    std::optional<SimTime> end;        ///< nothing: somebody believed it when the step ended
    std::vector<std::string> routers;  ///< who ever believed it, in the order in which they began
};

struct ActionLine {
    SimTime time;
    std::string text;
};

/// When the routes of one router changed in a step.
struct RouterConvergence {
    std::size_t node = 0;
    std::uint64_t changes = 0;
    SimTime first;
    SimTime last;
};

/// A selected route that changed from one to another.
struct RouteTurn {
    SimTime time;
    std::string router;
    std::string prefix;
    std::string before;  ///< "rip metric 3", "no route"
    std::string after;
};

/// Tables that return to what they were, again and again: why a step does not come to rest.
struct Cycle {
    std::uint64_t returns = 0;  ///< how often all tables were the same
    SimTime last;               ///< when they were, the last time
    Duration period;            ///< of a round, on the average
    std::vector<RouteTurn> round;
    std::uint64_t furtherTurns = 0;  ///< of the round; not in `round`, which is bounded
    bool isForEver = false;          ///< everything was as before, not the tables alone: it never ends
};

struct Step {
    std::size_t number = 0;
    std::string name;
    std::string about;  ///< Markdown
    SimTime begin;
    SimTime end;
    bool isConverged = false;
    bool isLate = false;        ///< converged, but not as soon as the lab demands
    bool hasFailed = false;     ///< by an expectation, or by itself
    std::string unsettled;      ///< who still expected change; empty when converged
    std::string actionFailure;  ///< an action that could not be carried out; empty: none
    std::string brokenQuiet;    ///< a change after convergence had been told; empty: none, or nobody looked
    std::optional<Cycle> cycle;
    Duration convergence;  ///< from the beginning to the last change of a route; 0 s: none changed
    std::optional<SimTime> lastChange;
    std::uint64_t routeChanges = 0;
    std::uint64_t protocolPacketsDropped = 0;
    std::vector<ProtocolTraffic> traffic;
    std::vector<DropCount> drops;  ///< packets of flows and users
    std::vector<FlowOutcome> flows;
    std::vector<ProbeOutcome> probes;
    std::vector<Expectation> expectations;
    std::vector<Alarm> alarms;  ///< that began in this step or still lasted in it

    // What the collector adds.
    std::vector<ActionLine> actions;
    std::uint64_t furtherActions = 0;        ///< not in `actions`, which is bounded
    std::vector<RouterConvergence> routers;  ///< those whose routes changed, in the order of the drawing
    std::optional<Buckets> changes;          ///< of routes, a row per node

    std::uint64_t messages() const;
    std::uint64_t bytes() const;
    std::uint64_t lost() const;
    std::size_t count(Verdict verdict) const;
};

struct Loop {
    std::string destination;
    std::vector<std::string> routers;  ///< in the order packets go
    SimTime begin;
    std::optional<SimTime> end;  ///< nothing: there until the end of the run
    std::uint64_t packetsLost = 0;
};

struct BlackHole {
    std::string destination;
    std::string router;
    std::string reason;
    SimTime begin;
    std::optional<SimTime> end;
    std::uint64_t packetsLost = 0;
};

/// From `time` on, `reachable` of `all` pairs of a node and a network.
struct Reachability {
    SimTime time;
    std::uint64_t reachable = 0;
    std::uint64_t all = 0;
};

/// Messages of one protocol over time.
struct ProtocolSeries {
    std::string protocol;
    Buckets::Row row = 0;
};

struct ReportData {
    std::string program;  ///< "Peerscape 0.1.0"
    std::string title;
    std::string about;  ///< Markdown
    std::uint64_t seed = 0;
    std::uint64_t fingerprint = 0;
    SimTime end;
    bool hasFailed = false;
    std::uint64_t records = 0;

    Drawing drawing;
    std::vector<Step> steps;
    std::vector<ProtocolSeries> protocols;
    Buckets messages{SimTime::start(), Duration::milliseconds(1), 2'000, SIZE_MAX,
                     10};  ///< a row per protocol
    Buckets losses{SimTime::start(), Duration::milliseconds(1), 2'000, SIZE_MAX,
                   10};  ///< packets of flows and users
    std::vector<Loop> loops;
    std::vector<BlackHole> blackHoles;
    std::uint64_t furtherLoops = 0;          ///< not in `loops`, which is bounded
    std::uint64_t furtherBlackHoles = 0;     ///< not in `blackHoles`, which is bounded
    std::vector<Reachability> reachability;  ///< thinned out when there are many; empty: not known

    std::size_t count(Verdict verdict) const;
    std::size_t expectations() const;
};

}  // namespace peerscape::report
