#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/time.hpp"
#include "scenarios/format/lab_names.hpp"
#include "scenarios/format/lab_value.hpp"

namespace peerscape {

/// How a packet that does not arrive ends, as seen by its sender.
enum class Disposition : std::uint8_t { NoReply, NoRoute, Unreachable, TtlExceeded, DiscardedLocally, Loop };
std::string_view toString(Disposition disposition);

/// What a step may expect, each named after its word in the lab file. Absent fields are not checked.
namespace lab_expect {

/// The lab came to rest; the common field `within` says how soon.
struct Converged {
    friend bool operator==(const Converged&, const Converged&) = default;
};
/// The lab never comes to rest, and that is proven: everything came to be as it had been before.
struct Oscillates {
    friend bool operator==(const Oscillates&, const Oscillates&) = default;
};
struct Reaches {
    NameRef from;
    Destination to;
    std::optional<IpAddress> source;
    /// Nodes in order, from the sender to the last; the name `*` stands for any number of them, `?` for one.
    std::vector<NameRef> path;
    std::vector<NameRef> via;     ///< all of these lie on the way
    std::vector<NameRef> avoids;  ///< none of these does
    friend bool operator==(const Reaches&, const Reaches&) = default;
};
struct Unreachable {
    NameRef from;
    Destination to;
    std::optional<IpAddress> source;
    std::optional<Disposition> disposition;
    friend bool operator==(const Unreachable&, const Unreachable&) = default;
};
/// A route of the routing table that is used (selected).
struct Route {
    NameRef router;
    Prefix prefix;
    std::string protocol;  ///< empty: any
    std::optional<std::uint32_t> metric;
    std::optional<std::uint32_t> distance;
    std::optional<std::uint32_t> tag;
    std::vector<NameRef> via;       ///< nodes, addresses or blackhole, reject, connected: each is a next hop
    std::vector<NameRef> nextHops;  ///< likewise: exactly these
    std::optional<std::uint32_t> nextHopCount;
    std::string interface;  ///< of one of the next hops; empty: any
    friend bool operator==(const Route&, const Route&) = default;
};
struct NoLoops {
    friend bool operator==(const NoLoops&, const NoLoops&) = default;
};
struct NoBlackHoles {
    friend bool operator==(const NoBlackHoles&, const NoBlackHoles&) = default;
};
/// Packets that measuring flows lost since the step began.
struct Lost {
    std::string flow;  ///< name of a flow; empty: the flow from `from` to `to`
    std::optional<NameRef> from;
    std::optional<Destination> to;
    std::optional<std::uint64_t> atMost;
    std::optional<std::uint64_t> atLeast;
    Place place;
    friend bool operator==(const Lost&, const Lost&) = default;
};
/// The answer of a router's command.
struct Show {
    NameRef router;
    std::string command;
    std::optional<LabValue> contains;  ///< a part of the JSON answer
    std::vector<std::string> lines;    ///< whole lines, blanks at their ends ignored
    std::vector<std::string> text;     ///< pieces of the answer
    std::vector<std::string> lacks;    ///< pieces that must not occur
    friend bool operator==(const Show&, const Show&) = default;
};
/// A BGP session.
struct Session {
    NameRef router;
    NameRef neighbor;  ///< node or address
    std::string state;
    std::string reason;  ///< a piece of the sentence that says why it is not established; empty: any
    friend bool operator==(const Session&, const Session&) = default;
};
/// The best BGP path of a prefix.
struct Best {
    NameRef router;
    Prefix prefix;
    std::optional<std::string> asPath;  ///< as tables show it: "65002 65004", "(65101) 65002 {65003,65004}"
    std::optional<NameRef> nextHop;     ///< node or address
    std::optional<NameRef> neighbor;    ///< node or address: who announced it
    std::optional<std::uint32_t> localPreference;
    std::optional<std::uint32_t> med;
    std::string origin;
    std::vector<std::string> communities;  ///< all of these are on the path
    struct Loser {
        NameRef neighbor;  ///< node or address
        std::string step;  ///< of the decision process, as bgp::nameOf says it
        friend bool operator==(const Loser&, const Loser&) = default;
    };
    std::vector<Loser> lost;  ///< paths of these neighbours lost at these steps
    friend bool operator==(const Best&, const Best&) = default;
};
/// An entry of RIP's or RIPng's own table.
struct Rip {
    NameRef router;
    Prefix prefix;
    std::optional<std::uint32_t> metric;
    std::optional<NameRef> from;  ///< node or address
    friend bool operator==(const Rip&, const Rip&) = default;
};
/// Messages sent since the step began.
struct Messages {
    std::string protocol;
    std::optional<NameRef> router;  ///< only those it sent
    std::optional<std::uint64_t> atMost;
    std::optional<std::uint64_t> atLeast;
    friend bool operator==(const Messages&, const Messages&) = default;
};
/// The running configuration of a router.
struct Config {
    NameRef router;
    std::vector<std::string> contains;
    std::vector<std::string> lacks;
    friend bool operator==(const Config&, const Config&) = default;
};

/// A watched prefix, or a part of one, is announced by an origin that may not, and these routers believe it.
struct Alarm {
    Prefix prefix;  ///< as it is announced
    std::optional<Asn> origin;
    std::vector<NameRef> routers;  ///< all of these believe it
    Place place;
    friend bool operator==(const Alarm&, const Alarm&) = default;
};
/// No router believes an origin that may not be.
struct NoAlarms {
    friend bool operator==(const NoAlarms&, const NoAlarms&) = default;
};

}  // namespace lab_expect

/// When an expectation is looked at.
struct ExpectationTime {
    enum class Kind : std::uint8_t {
        Converged,   ///< once, when the step has converged
        Always,      ///< at every instant of the step
        Eventually,  ///< at some instant of the step
        After        ///< once, `after` the start of the step
    };
    Kind kind = Kind::Converged;
    Duration after;

    friend bool operator==(const ExpectationTime&, const ExpectationTime&) = default;
};

enum class ExpectationLevel : std::uint8_t { Failure, Warning };

/// One entry of `expect:`: what is claimed, and what all claims share.
struct Expectation {
    using What = std::variant<lab_expect::Converged, lab_expect::Oscillates, lab_expect::Reaches,
                              lab_expect::Unreachable, lab_expect::Route, lab_expect::NoLoops,
                              lab_expect::NoBlackHoles, lab_expect::Lost, lab_expect::Show,
                              lab_expect::Session, lab_expect::Best, lab_expect::Rip, lab_expect::Messages,
                              lab_expect::Config, lab_expect::Alarm, lab_expect::NoAlarms>;
    What what;
    std::string name;
    std::optional<ExpectationTime> at;  ///< absent: when the step has converged
    std::optional<Duration> within;     ///< after the start of the step
    bool negated = false;               ///< `not: true`
    std::uint32_t weight = 1;
    std::string pass;
    std::string fail;
    std::string hint;
    ExpectationLevel level = ExpectationLevel::Failure;
    Place place;

    friend bool operator==(const Expectation&, const Expectation&) = default;
};

/// What became of an expectation.
enum class Verdict : std::uint8_t {
    Pass,
    Fail,
    Warning,       ///< failed, but only `level: warning`
    Inconclusive,  ///< the lab had not converged when it was looked at, or the step ended too early
    Skipped,       ///< nothing in this version can judge it
};
std::string_view toString(Verdict verdict);

/// The expectation's word in the lab file: "reaches", "no-loops" …
std::string_view wordOf(const Expectation& expectation);

}  // namespace peerscape
