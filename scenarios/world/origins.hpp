#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record.hpp"
#include "scenarios/world/lab_world.hpp"

namespace peerscape {

/// Who originated a prefix, as a BGP router believes: the AS in which its best path begins.
struct OriginSeen {
    NodeId router;
    Prefix prefix;
    std::optional<Asn> origin;  ///< none: the AS path ends in a set (RFC 6811 section 2)
    bool isOwn = false;         ///< the router announces it itself
    std::string asPath;         ///< as tables show it
    RecordId cause;             ///< the record of the message or command that brought the path
};

/// What all routers have best paths for, of the prefix and its parts; by prefix, then router.
std::vector<OriginSeen> originsSeen(const Simulation& world, const Prefix& prefix);

/// "AS 65066", "a set of ASes".
std::string originText(const std::optional<Asn>& origin);

/// An announcement that a watch of the lab file does not allow, from its first believer to its last.
struct OriginAlarm {
    struct Believer {
        NodeId router;
        SimTime since;
    };

    Prefix watched;
    Prefix prefix;              ///< what is announced: the watched prefix or a part of it
    std::optional<Asn> origin;  ///< none: the AS path ends in a set
    SimTime begin;
    SimTime end = SimTime::never();  ///< never: somebody believes it still
    RecordId cause;                  ///< the record that brought it to the first believer
    std::vector<Believer>
        believers;  ///< every router that ever believed it, in the order in which they began
};

/// A router begins or ceases to believe an announcement that a watch does not allow.
struct AlarmNews {
    SimTime time;
    NodeId router;
    bool begins = true;
    Prefix watched;
    Prefix prefix;
    std::optional<Asn> origin;  ///< none: the AS path ends in a set
    RecordId cause;             ///< of a beginning: the record that brought the path; else none
};
/// "198.51.100.0/25 from AS 65066, inside 198.51.100.0/24".
std::string describe(const AlarmNews& news);

/// The alarms of this moment.
std::vector<OriginAlarm> originAlarms(const LabWorld& world);
/// "198.51.100.0/25 from AS 65066, believed by East, Buyer".
std::string describe(const LabWorld& world, const OriginAlarm& alarm);

/// The answer to `origins`: which router sees which origin of the prefix and its parts.
std::string listOrigins(const LabWorld& world, const Prefix& prefix);

/// Follows the origins of what the lab file watches through a run. A router is looked at only when a best
/// path of its has changed. What begins and ends within one instant has lasted no time and is not reported.
/// Time goes forward only.
class OriginWatch {
  public:
    /// `file` must outlive the watch.
    OriginWatch(const LabFile& file, const Simulation& world);

    /// To be called when everything of an instant has happened (or part of it, then again), with all records
    /// since the last call.
    void instantOver(const Simulation& world, std::span<const Record> records);
    /// All alarms that there were and are, by begin, then prefix and origin.
    std::vector<OriginAlarm> alarms() const;
    /// What has happened before the instant, and has not been taken yet, in the order of time, then router.
    std::vector<AlarmNews> takeNewsBefore(SimTime instant);

  private:
    /// What an alarm is about.
    struct Subject {
        Prefix prefix;
        std::optional<Asn> origin;
        friend auto operator<=>(const Subject&, const Subject&) = default;
    };
    struct Speaker {
        bool isRunning = false;
        std::uint64_t versions[2] = {};  ///< of its tables when it was looked at, by family
        std::set<Subject> believes;
    };

    void look(const Simulation& world, NodeId node);
    void believe(const OriginSeen& seen, const Subject& subject, SimTime now);
    void disbelieve(const Subject& subject, SimTime now);
    void note(const AlarmNews& news);

    const LabFile& file_;
    std::vector<Speaker> speakers_;  ///< by node
    std::map<Subject, OriginAlarm> open_;
    std::map<Subject, std::size_t> count_;  ///< of those who believe it now
    std::vector<OriginAlarm> past_;
    std::vector<AlarmNews> news_;  ///< not taken yet
};

}  // namespace peerscape
