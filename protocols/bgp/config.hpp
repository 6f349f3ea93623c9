#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/shared_value.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/route.hpp"
#include "protocols/bgp/as_numbers.hpp"
#include "protocols/bgp/attributes.hpp"
#include "protocols/bgp/message.hpp"

/// The configuration of BGP on one router: a value with FRR 8.4's defaults. What makes a process of it is
/// BgpProcessConfig.
namespace peerscape::bgp {

inline constexpr ProtocolId kBgp{7};
inline constexpr Distance kExternalDistance = 20;
inline constexpr Distance kInternalDistance = 200;
inline constexpr Distance kLocalDistance = 200;

enum class Direction : std::uint8_t { In, Out };
template <typename T>
struct InAndOut {
    T in{};
    T out{};
    const T& operator[](Direction d) const { return d == Direction::In ? in : out; }
    T& operator[](Direction d) { return d == Direction::In ? in : out; }
    friend bool operator==(const InAndOut&, const InAndOut&) = default;
};
/// One of something per address family.
template <typename T>
struct PerFamily {
    T ipv4{};
    T ipv6{};
    const T& operator[](Family f) const { return f == Family::IPv4 ? ipv4 : ipv6; }
    T& operator[](Family f) { return f == Family::IPv4 ? ipv4 : ipv6; }
    friend bool operator==(const PerFamily&, const PerFamily&) = default;
};

/// `remote-as N`, `remote-as external`, `remote-as internal`.
struct RemoteAs {
    enum class Kind : std::uint8_t { Number, External, Internal };
    Kind kind = Kind::Number;
    Asn number;  ///< for Kind::Number
    friend bool operator==(const RemoteAs&, const RemoteAs&) = default;
};
struct LocalAs {
    Asn number;
    bool prependsInbound = true;    ///< without `no-prepend`
    bool replacesOutbound = false;  ///< `replace-as`: the real number is not sent
    friend bool operator==(const LocalAs&, const LocalAs&) = default;
};
/// `timers KEEPALIVE HOLD`, in seconds; a hold time of 0 turns both off.
struct SessionTimers {
    std::uint16_t keepalive = 60;
    std::uint16_t hold = 180;
    friend bool operator==(const SessionTimers&, const SessionTimers&) = default;
};
/// `shutdown [message …]`.
struct Shutdown {
    std::string message;
    friend bool operator==(const Shutdown&, const Shutdown&) = default;
};

/// What is said of a neighbour or a peer-group outside the address families. Absent: inherited from the
/// group, then the default. As in FRR, `no …` in a member of a group makes it inherit again; only where the
/// default is yes (`capability extended-nexthop` of an interface's neighbour) an optional holds false.
struct NeighborSettings {
    // What policy asks of every UPDATE comes first.
    std::optional<LocalAs> localAs;
    std::optional<Role> localRole;             ///< `local-role`, RFC 9234
    std::optional<bool> enforcesFirstAs;       ///< `enforce-first-as`
    std::optional<bool> detectsLoopsAtSender;  ///< `sender-as-path-loop-detection`
    std::optional<RemoteAs> remoteAs;
    std::optional<std::string> description;
    std::optional<Shutdown> shutdown;
    std::optional<std::string> password;                               ///< RFC 2385
    std::optional<std::variant<IpAddress, std::string>> updateSource;  ///< an address or an interface
    std::optional<std::uint8_t> ebgpMultihop;     ///< 1 to 255; `ebgp-multihop` alone: 255
    std::optional<std::uint8_t> ttlSecurityHops;  ///< RFC 5082, 1 to 254
    std::optional<bool> disablesConnectedCheck;
    std::optional<bool> enforcesMultihop;  ///< `enforce-multihop`
    std::optional<bool> isPassive;
    std::optional<SessionTimers> timers;
    std::optional<std::uint16_t> connectRetry;           ///< `timers connect`, seconds, 1 to 65535
    std::optional<std::uint16_t> delayOpen;              ///< `timers delayopen`, seconds, 1 to 240
    std::optional<std::uint16_t> advertisementInterval;  ///< seconds, 0 to 600
    std::optional<bool> hasDynamicCapability;            ///< kept, without effect
    std::optional<bool> negotiatesNoCapabilities;        ///< `dont-capability-negotiate`
    std::optional<bool> overridesCapabilities;           ///< `override-capability`
    std::optional<bool> matchesCapabilitiesStrictly;     ///< `strict-capability-match`
    std::optional<bool> hasExtendedNextHop;              ///< `capability extended-nexthop` (RFC 8950)
    std::optional<bool> isSolo;                          ///< kept, without effect
    std::optional<std::uint16_t> port;                   ///< the peer listens there, 1 to 65535; default 179
    std::optional<bool> hasStrictRole;
    std::optional<bool> gracefulRestart;            ///< `graceful-restart`
    std::optional<bool> gracefulRestartHelperOnly;  ///< `graceful-restart-helper`
    std::optional<bool> gracefulRestartDisabled;    ///< `graceful-restart-disable`
    friend bool operator==(const NeighborSettings&, const NeighborSettings&) = default;
};

/// `maximum-prefix N [THRESHOLD] [warning-only | restart MINUTES] [force]`.
struct MaximumPrefix {
    std::uint32_t limit = 0;
    std::uint8_t thresholdPercent = 75;
    bool warnsOnly = false;
    std::optional<std::uint16_t> restartMinutes;
    bool countsFiltered = false;  ///< `force`
    friend bool operator==(const MaximumPrefix&, const MaximumPrefix&) = default;
};
struct SendCommunity {
    bool standard = true;
    bool extended = true;
    bool large = true;
    friend bool operator==(const SendCommunity&, const SendCommunity&) = default;
};
/// `remove-private-AS [all] [replace-AS]`.
struct RemovePrivateAs {
    bool all = false;
    bool replaces = false;
    friend bool operator==(const RemovePrivateAs&, const RemovePrivateAs&) = default;
};
/// `attribute-unchanged [as-path] [next-hop] [med]`.
struct AttributeUnchanged {
    bool asPath = false;
    bool nextHop = false;
    bool med = false;
    friend bool operator==(const AttributeUnchanged&, const AttributeUnchanged&) = default;
};
/// `default-originate [route-map M]`.
struct DefaultOriginate {
    std::string routeMap;  ///< empty: unconditional
    friend bool operator==(const DefaultOriginate&, const DefaultOriginate&) = default;
};
/// `advertise-map A exist-map B`, `… non-exist-map B`.
struct ConditionalAdvertisement {
    std::string advertiseMap;
    std::string conditionMap;
    bool whenPresent = true;
    friend bool operator==(const ConditionalAdvertisement&, const ConditionalAdvertisement&) = default;
};

/// What is said of a neighbour or a peer-group in one address family.
struct NeighborFamilySettings {
    std::optional<bool> isActivated;
    InAndOut<std::optional<std::string>> routeMap;
    InAndOut<std::optional<std::string>> prefixList;
    InAndOut<std::optional<std::string>> filterList;      ///< as-path access-list
    InAndOut<std::optional<std::string>> distributeList;  ///< access-list
    std::optional<std::string> unsuppressMap;
    std::optional<ConditionalAdvertisement> conditionalAdvertisement;
    std::optional<bool> nextHopSelf;
    std::optional<bool> nextHopSelfForced;  ///< `next-hop-self force`: of reflected routes too
    std::optional<bool> isReflectorClient;
    std::optional<bool> isRouteServerClient;
    std::optional<bool> keepsReceivedRoutes;  ///< `soft-reconfiguration inbound`
    std::optional<SendCommunity> sendCommunity;
    std::optional<RemovePrivateAs> removePrivateAs;
    std::optional<std::uint8_t> allowAsIn;  ///< how often the own number may stand in a path, 1 to 10
    std::optional<bool> allowAsInOrigin;    ///< `allowas-in origin`
    std::optional<bool> overridesAs;        ///< `as-override`
    std::optional<AttributeUnchanged> attributeUnchanged;
    std::optional<DefaultOriginate> defaultOriginate;
    std::optional<MaximumPrefix> maximumPrefix;
    std::optional<MaximumPrefix> maximumPrefixOut;
    std::optional<std::uint16_t> weight;
    std::optional<bool> sendsAllPaths;       ///< `addpath-tx-all-paths`
    std::optional<bool> sendsBestPathPerAs;  ///< `addpath-tx-bestpath-per-AS`
    std::optional<bool> refusesAddPath;      ///< `disable-addpath-rx`
    std::optional<bool> hasAigp;             ///< `aigp`, RFC 7311
    friend bool operator==(const NeighborFamilySettings&, const NeighborFamilySettings&) = default;
};

/// One `neighbor` (by address or interface), or one peer-group (by name).
struct NeighborConfig {
    std::string group;         ///< `peer-group NAME`; empty: none. Of a group: always empty
    bool isInterface = false;  ///< `neighbor eth0 interface …`: found by the interface's link-local peer
    bool isV6Only = false;     ///< `interface v6only`
    /// Shared, since most neighbours of a large lab have the same few.
    PerFamily<SharedValue<NeighborFamilySettings>> families;
    NeighborSettings settings;
    friend bool operator==(const NeighborConfig&, const NeighborConfig&) = default;
};

/// `network P [route-map M] [backdoor]`.
struct NetworkStatement {
    std::string routeMap;
    bool isBackdoor = false;
    friend bool operator==(const NetworkStatement&, const NetworkStatement&) = default;
};
struct Redistribution {
    ProtocolId protocol;
    std::optional<std::uint32_t> metric;
    std::string routeMap;
    friend bool operator==(const Redistribution&, const Redistribution&) = default;
};
/// `aggregate-address P …`.
struct AggregateAddress {
    bool isSummaryOnly = false;
    bool hasAsSet = false;
    std::string routeMap;
    std::optional<Origin> origin;
    bool matchesMed = false;  ///< `matching-MED-only`
    std::string suppressMap;
    friend bool operator==(const AggregateAddress&, const AggregateAddress&) = default;
};
/// Flap dampening (RFC 2439), in FRR's units.
struct Dampening {
    std::uint8_t halfLifeMinutes = 15;
    std::uint16_t reuse = 750;
    std::uint16_t suppress = 2000;
    std::uint8_t maximumMinutes = 60;
    friend bool operator==(const Dampening&, const Dampening&) = default;
};
/// `distance N P [access-list]`.
struct SourceDistance {
    Distance distance = 0;
    std::string accessList;
    friend bool operator==(const SourceDistance&, const SourceDistance&) = default;
};
/// `distance bgp EXTERNAL INTERNAL LOCAL`.
struct BgpDistances {
    Distance external = kExternalDistance;
    Distance internal = kInternalDistance;
    Distance local = kLocalDistance;
    friend bool operator==(const BgpDistances&, const BgpDistances&) = default;
};

/// One `address-family … unicast` block.
struct FamilyConfig {
    std::map<Prefix, NetworkStatement> networks;
    std::vector<Redistribution> redistributions;
    std::map<Prefix, AggregateAddress> aggregates;
    std::uint16_t maximumPaths = 256;          ///< eBGP, 1 to 256
    std::uint16_t maximumPathsInternal = 256;  ///< iBGP
    bool requiresEqualClusterLength = false;   ///< `maximum-paths ibgp N equal-cluster-length`
    BgpDistances distances;
    std::map<Prefix, SourceDistance> sourceDistances;
    std::optional<Dampening> dampening;
    std::string tableMap;
    friend bool operator==(const FamilyConfig&, const FamilyConfig&) = default;
};

/// `bgp bestpath …` and what else changes the decision process.
struct BestPathOptions {
    bool comparesRouterId = false;
    bool ignoresAsPath = false;
    bool countsConfederation = false;  ///< `as-path confed`
    bool relaxesMultipath = false;     ///< `as-path multipath-relax`
    bool relaxesWithAsSet = false;     ///< `… as-set`
    bool alwaysComparesMed = false;    ///< `bgp always-compare-med`
    bool isDeterministicMed = false;   ///< `bgp deterministic-med`
    bool takesMissingMedAsWorst = false;
    bool comparesMedInConfederation = false;  ///< `med confed`
    bool acceptsPeerTypeMultipath = false;    ///< `peer-type multipath-relax`
    bool hasAigp = false;
    friend bool operator==(const BestPathOptions&, const BestPathOptions&) = default;
};

/// `bgp graceful-restart …`, seconds.
struct GracefulRestart {
    bool isEnabled = false;   ///< `bgp graceful-restart`: as restarter; helper is the default
    bool isDisabled = false;  ///< `bgp graceful-restart-disable`
    std::uint16_t restartTime = 120;
    std::uint16_t stalePathTime = 360;
    std::uint32_t selectionDeferralTime = 360;
    bool preservesForwarding = false;      ///< `preserve-fw-state`: its routes stay while it is away
    std::uint16_t ribStaleTime = 500;      ///< so long at most: `rib-stale-time`
    bool notifies = true;                  ///< `notification`, RFC 8538
    std::uint32_t longLivedStaleTime = 0;  ///< RFC 9494; 0: not offered
    friend bool operator==(const GracefulRestart&, const GracefulRestart&) = default;
};

/// Validated ROA Payloads by which origins are judged (RFC 6811).
struct RoaPayload {
    Prefix prefix;
    std::uint8_t maximumLength = 0;
    std::uint32_t originAs = 0;  ///< 0: nobody may originate it
    friend auto operator<=>(const RoaPayload&, const RoaPayload&) = default;
};

/// How long a router takes over one UPDATE: anything between the two, drawn for each.
struct ProcessingTime {
    Duration least;
    Duration most;
    friend bool operator==(const ProcessingTime&, const ProcessingTime&) = default;
};

/// MinRouteAdvertisementIntervalTimer (RFC 4271 section 9.2.1.1), in seconds: so long a neighbour is left
/// alone after an announcement.
struct AdvertisementIntervals {
    std::uint16_t external = 0;  ///< of neighbours in other ASes, also inside a confederation; 0 to 600
    std::uint16_t internal = 0;  ///< 0 to 600
    /// What RFC 4271 section 10 suggests; FRR's are 0.
    static constexpr AdvertisementIntervals ofRfc() { return {30, 5}; }
    friend bool operator==(const AdvertisementIntervals&, const AdvertisementIntervals&) = default;
};

/// What the lab file says of all its BGP routers.
struct LabPacing {
    AdvertisementIntervals intervals;
    bool jitters = true;  ///< false: intervals are exact on every router
    friend bool operator==(const LabPacing&, const LabPacing&) = default;
};

struct BgpConfig {
    /// What `router bgp` begins with: FRR's profile "traditional" (as BgpConfig()) or "datacenter".
    static BgpConfig ofProfile(bool isDatacenter);

    // What every UPDATE asks comes first, up to `notation`.
    std::optional<Asn> number;  ///< `router bgp N`; none: no such block
    std::optional<RouterId> routerId;
    std::optional<RouterId> clusterId;
    std::optional<Asn> confederation;  ///< `bgp confederation identifier`
    std::uint32_t defaultLocalPreference = 100;
    bool requiresEbgpPolicy = true;       ///< RFC 8212
    bool reflectsBetweenClients = true;   ///< `bgp client-to-client reflection`
    bool hasGracefulShutdown = false;     ///< `bgp graceful-shutdown`, RFC 8326
    bool rejectsAsSets = false;           ///< `bgp reject-as-sets`, RFC 6472
    bool changesReflectedRoutes = false;  ///< `bgp route-reflector allow-outbound-policy`
    bool pacesWithdrawals = false;        ///< withdrawals wait for the advertisement interval too (WRATE)
    bool jittersIntervals = true;         ///< `bgp timers jitter`, RFC 4271 section 10
    LabPacing labPacing;                  ///< from the lab file
    /// `bgp advertisement-interval`; none: as the lab has it.
    std::optional<AdvertisementIntervals> advertisementIntervals;
    std::optional<ProcessingTime> processingTime;  ///< none: UPDATEs count as they arrive
    BestPathOptions bestPath;
    std::vector<RoaPayload> roas;  ///< from the lab file

    AsNotation notation = AsNotation::Plain;  ///< `as-notation`
    bool hasDatacenterDefaults = false;       ///< the router says `frr defaults datacenter`
    std::set<std::uint32_t> confederationPeers;
    SessionTimers timers;
    std::uint16_t connectRetry = 120;    ///< seconds
    std::uint16_t minimumHoldTime = 0;   ///< `bgp minimum-holdtime`, seconds: a peer must not want less
    bool activatesIpv4 = true;           ///< `bgp default ipv4-unicast`
    bool activatesIpv6 = false;          ///< `bgp default ipv6-unicast`
    bool showsHostname = false;          ///< `bgp default show-hostname`, kept
    bool showsNextHopHostname = false;   ///< `bgp default show-nexthop-hostname`, kept
    bool shutsDownNewNeighbors = false;  ///< `bgp default shutdown`
    bool checksImport = true;            ///< `bgp network import-check`
    bool fallsOverFast = true;           ///< `bgp fast-external-failover`
    bool logsNeighborChanges = false;    ///< kept, without effect
    bool isShutdown = false;             ///< `bgp shutdown`
    std::string shutdownMessage;
    bool disablesConnectedCheck = false;  ///< `bgp disable-ebgp-connected-route-check`
    bool suppressesDuplicates = true;     ///< `bgp suppress-duplicates`
    std::uint16_t routeMapDelay =
        5;  ///< `bgp route-map delay-timer`, seconds, 0: changes do not act by themselves
    std::uint16_t updateDelay = 0;               ///< `update-delay`, seconds
    std::optional<std::uint16_t> establishWait;  ///< its second number: neighbours up by then are waited for
    std::uint16_t conditionalPeriod = 60;        ///< `bgp conditional-advertisement timer`, seconds
    std::uint16_t listenLimit = 100;             ///< `bgp listen limit`
    GracefulRestart gracefulRestart;
    std::map<std::string, NeighborConfig, std::less<>> groups;
    std::map<IpAddress, NeighborConfig> neighbors;
    std::map<std::string, NeighborConfig, std::less<>> interfaceNeighbors;
    std::map<Prefix, std::string> listenRanges;  ///< `bgp listen range P peer-group G`
    PerFamily<FamilyConfig> families;

    /// The neighbour, interface or group of this name; null when there is none.
    const NeighborConfig* find(std::string_view name) const;
    const NeighborConfig* groupOf(const NeighborConfig& neighbor) const;
    /// Whether routes of the family are exchanged: said by the neighbour or its group, else the default.
    bool isActivated(const NeighborConfig& neighbor, Family family) const;
    /// The neighbour with what it inherits from its group; groups themselves inherit nothing.
    NeighborConfig effective(const NeighborConfig& neighbor) const;
    /// Of a neighbour with what it inherits: its own, else the router's, else the lab's. Seconds.
    std::uint16_t advertisementInterval(const NeighborConfig& effective, bool isInternal) const;
    bool hasJitter() const { return jittersIntervals && labPacing.jitters; }
    friend bool operator==(const BgpConfig&, const BgpConfig&) = default;
};

}  // namespace peerscape::bgp
