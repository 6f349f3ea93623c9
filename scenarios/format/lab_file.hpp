#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/result.hpp"
#include "engine/base/time.hpp"
#include "engine/topology/topology.hpp"
#include "scenarios/format/lab_actions.hpp"
#include "scenarios/format/lab_expectations.hpp"
#include "scenarios/format/lab_names.hpp"

/// The lab file as a value: what lab_reader.hpp makes of the YAML text, and lab_writer.hpp turns back into
/// text. Two labs are equal when they say the same; where they say it (Place) does not count.
namespace peerscape {

struct GroupEntry {
    std::string name;
    std::string kind;  ///< building, as, site, ixp, or any other word
    std::string title;
    std::optional<Asn> asn;
    std::optional<NameRef> parent;  ///< the group this one lies in
    Place place;

    friend bool operator==(const GroupEntry&, const GroupEntry&) = default;
};

enum class ConfigLanguage : std::uint8_t { Frr, Bird };

/// One text of a router's configuration: a file beside the lab, or text of the lab file itself.
struct ConfigSource {
    std::string path;  ///< as the lab file names it; empty: the text stands in the lab file
    std::string text;  ///< the configuration itself; of a file, what it held when the lab was read
    Place origin;      ///< of the first line of `text`: add the line within the text to report an error in it
    Place place;       ///< where the lab file names it

    friend bool operator==(const ConfigSource&, const ConfigSource&) = default;
};

/// Protocols that a router without configuration may ask for.
enum class IntentProtocol : std::uint8_t { Static, Rip, Ripng, Eigrp, Bgp };

struct RouterEntry {
    std::string name;
    std::optional<NameRef> group;
    std::optional<std::array<double, 2>> at;  ///< place on the canvas
    std::vector<PlacedAddress> loopback;      ///< addresses on `lo`
    ConfigLanguage language = ConfigLanguage::Frr;
    std::vector<ConfigSource> config;
    std::optional<Asn> asn;
    std::vector<PlacedPrefix> networks;  ///< stub networks behind the router
    std::vector<IntentProtocol> protocols;
    bool reflectsRoutes = false;  ///< of the other BGP routers of its AS, which are meshed no more (RFC 4456)
    Place place;

    friend bool operator==(const RouterEntry&, const RouterEntry&) = default;
};

struct HostEntry {
    std::string name;
    std::optional<NameRef> group;
    std::optional<std::array<double, 2>> at;
    std::optional<NameRef> gateway;        ///< the router that forwards for this host
    std::optional<PlacedAddress> address;  ///< on the link that is made to the gateway
    std::vector<ConfigSource> config;      ///< FRR syntax; made from the gateway when empty
    Place place;

    friend bool operator==(const HostEntry&, const HostEntry&) = default;
};

/// A measuring flow: packets at a steady rate, counted as arrived, lost, looped or late.
struct FlowEntry {
    std::string name;
    NameRef from;
    Destination to;
    std::optional<IpAddress> source;
    std::uint32_t packetsPerSecond = 100;
    std::uint32_t size = 100;       ///< bytes of each IP packet
    std::optional<Duration> start;  ///< lab time; from the beginning when absent
    std::optional<Duration> stop;   ///< lab time; until the end when absent
    Place place;

    friend bool operator==(const FlowEntry&, const FlowEntry&) = default;
};

/// A ping and a traceroute after every step.
struct ProbeEntry {
    NameRef from;
    Destination to;
    std::optional<IpAddress> source;
    Place place;

    friend bool operator==(const ProbeEntry&, const ProbeEntry&) = default;
};

/// Who may originate a prefix: a payload by which routers with `match rpki` judge (RFC 6811).
struct RoaEntry {
    Prefix prefix;
    std::optional<std::uint8_t> maximumLength;  ///< of what may be announced; that of the prefix when absent
    std::uint32_t origin = 0;                   ///< an AS number; 0: nobody may
    Place place;

    friend bool operator==(const RoaEntry&, const RoaEntry&) = default;
};

/// Who may originate a prefix and the parts of it: whatever another AS announces there raises an alarm. Of
/// several watches around a prefix the longest one judges it.
struct WatchEntry {
    Prefix prefix;
    std::vector<Asn> origins;  ///< at least one; several: anycast
    Place place;

    /// None: the AS path of the announcement ends in a set, of which nobody knows who it was (RFC 6811).
    bool allows(const std::optional<Asn>& origin) const;
    friend bool operator==(const WatchEntry&, const WatchEntry&) = default;
};

/// How BGP routers pace what they tell, where their configurations say nothing else.
struct BgpPacing {
    Duration external;    ///< between announcements to neighbours of other ASes; whole seconds
    Duration internal;    ///< and of the own AS
    bool jitters = true;  ///< intervals are shortened by up to a quarter at random

    friend bool operator==(const BgpPacing&, const BgpPacing&) = default;
};

/// Words on the drawing, for whoever looks at it. No run knows of them.
struct NoteEntry {
    std::string text;               ///< may have several lines; never empty
    std::array<double, 2> at = {};  ///< its upper left corner on the canvas
    Place place;

    friend bool operator==(const NoteEntry&, const NoteEntry&) = default;
};

struct StepEntry {
    std::string name;
    std::string about;           ///< Markdown
    std::optional<Duration> at;  ///< lab time; when absent, the step starts once the one before has converged
    std::optional<Duration> within;  ///< the lab must converge this soon after the start of the step
    std::optional<Duration> until;   ///< lab time at which the step ends, converged or not
    std::vector<LabAction> actions;
    std::vector<Expectation> expectations;
    Place place;

    friend bool operator==(const StepEntry&, const StepEntry&) = default;
};

struct LabFile {
    std::string title;
    std::string about;  ///< Markdown
    std::uint64_t seed = 1;
    bool sendsWholeMessages = false;  ///< `tcp: messages`, see StreamModel::Messages
    BgpPacing bgpPacing;
    std::vector<GroupEntry> groups;
    std::vector<RouterEntry> routers;
    std::vector<HostEntry> hosts;
    std::vector<LinkEntry> links;
    std::vector<LinkEntry> lans;
    std::vector<ProbeEntry> probes;
    std::vector<FlowEntry> flows;
    std::vector<RoaEntry> roas;
    std::vector<WatchEntry> watches;
    std::vector<NoteEntry> notes;
    std::vector<StepEntry> steps;

    const RouterEntry* router(std::string_view name) const;
    const HostEntry* host(std::string_view name) const;
    const GroupEntry* group(std::string_view name) const;
    /// The longest watch around the prefix; null: nobody watches it.
    const WatchEntry* watchOver(const Prefix& prefix) const;
    /// The AS of a router: its own `asn`, or else that of the nearest group around it that has one.
    std::optional<Asn> asnOf(const RouterEntry& router) const;

    friend bool operator==(const LabFile&, const LabFile&) = default;
};

/// The words of the lab file for these values.
std::string_view toString(ConfigLanguage language);
std::string_view toString(IntentProtocol protocol);
std::string_view toString(Relation relation);

}  // namespace peerscape
