#include "protocols/bgp/show_summary.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace peerscape::bgp {
namespace {

// What FRR 8.4.4 counts for each on 64-bit machines; nothing here takes just that much.
constexpr std::size_t kBytesPerEntry = 192;
constexpr std::size_t kBytesPerPeer = 741'464;
constexpr std::size_t kBytesPerGroup = 64;

constexpr std::size_t kLeastWidth = 15;
constexpr std::size_t kLongestDescription = 20;

/// Prefixes of the table together with the forks between them, as in FRR's radix tree.
std::size_t entriesOf(const PrefixMap<Destination>& table) {
    std::set<Prefix> nodes;
    const Prefix* before = nullptr;
    for (const std::uint32_t position : table.sorted()) {
        const Prefix& prefix = table.at(position).first;
        nodes.insert(prefix);
        if (before != nullptr) {
            std::uint8_t length = std::min(before->length(), prefix.length());
            while (Prefix(before->address(), length) != Prefix(prefix.address(), length))
                --length;
            nodes.insert(Prefix(prefix.address(), length));
        }
        before = &prefix;
    }
    return nodes.size();
}

/// The first words that fit; none when the first one does not.
std::string shortened(const std::string& description) {
    if (description.size() < kLongestDescription) return description;
    const std::size_t blank = description.substr(0, kLongestDescription).rfind(' ');
    return blank == std::string::npos ? "" : description.substr(0, blank);
}

bool isShown(SummaryRows rows, const Peer& peer) {
    if (rows == SummaryRows::All) return true;
    return peer.session.isEstablished() == (rows == SummaryRows::Established);
}

std::string stateText(const Peer& peer) {
    if (peer.session.settings().isShutdown) return "Idle (Admin)";
    const auto& end = peer.session.lastEnd();
    const bool hadTooMany = end && end->notification && end->cause == SessionEnd::Cause::Stopped &&
                            end->notification->code == ErrorCode::Cease &&
                            end->notification->subcode == subcode::kMaximumPrefixes;
    if (peer.session.state() == State::Idle && hadTooMany) return "Idle (PfxCt)";
    return std::string(name(peer.session.state()));
}

/// Since the session came up or went down; "never" when it has never been up.
std::string uptimeOf(const Peer& peer, SimTime now) {
    const auto since = peer.session.lastEstablished();
    return since ? uptimeText(now - *since) : "never";
}

std::string shownName(const Peer& peer) { return (peer.isDynamic ? "*" : "") + peer.name(); }

/// The neighbours of one family that one summary is about.
class FamilySummary {
  public:
    FamilySummary(const ShowContext& context, const BgpProcess& process, Family family, SummaryRows rows)
        : context_(context),
          process_(process),
          family_(family),
          rows_(rows),
          all_(peersInOrder(process, family)) {
        shown_ = all_;
        std::erase_if(shown_, [&](const Peer* peer) { return !isShown(rows, *peer); });
        for (const Peer* peer : all_)
            width_ = std::max(width_, shownName(*peer).size());
    }

    bool isEmpty() const { return all_.empty(); }
    std::string text(bool hasHeadline) const;
    Json json() const;

  private:
    std::string headline() const { return fmt::format("\n{} Summary (VRF default):\n", titleOf(family_)); }
    std::string headerText() const;
    std::string columns() const;
    std::string row(const Peer& peer) const;
    std::string failedRow(const Peer& peer) const;
    Json rowJson(const Peer& peer) const;
    Json failedRowJson(const Peer& peer) const;
    void putUptime(Json& json, const Peer& peer) const;
    std::size_t dynamicPeers() const {
        return static_cast<std::size_t>(std::ranges::count_if(all_, &Peer::isDynamic));
    }

    const ShowContext& context_;
    const BgpProcess& process_;
    Family family_;
    SummaryRows rows_;
    std::vector<const Peer*> all_;
    std::vector<const Peer*> shown_;
    std::size_t width_ = kLeastWidth;
};

std::string FamilySummary::headerText() const {
    const BgpConfig& config = process_.config();
    std::string text =
        fmt::format("BGP router identifier {}, local AS number {} vrf-id 0\n",
                    toString(process_.routerId().address()), bgp::text(*config.number, config.notation));
    text += fmt::format("BGP table version {}\n", process_.tableVersion(family_));
    const std::size_t entries = entriesOf(process_.table(family_));
    text += fmt::format("RIB entries {}, using {} bytes of memory\n", entries, entries * kBytesPerEntry);
    text += fmt::format("Peers {}, using {} KiB of memory\n", all_.size(),
                        (all_.size() * kBytesPerPeer + 512) / 1024);
    if (!config.groups.empty()) {
        text += fmt::format("Peer groups {}, using {} bytes of memory\n", config.groups.size(),
                            config.groups.size() * kBytesPerGroup);
    }
    return text + "\n";
}

std::string FamilySummary::columns() const {
    const std::string first = fmt::format("{:<{}} ", "Neighbor", width_);
    if (rows_ == SummaryRows::Failed) return first + "EstdCnt DropCnt ResetTime Reason\n";
    return first +
           "V         AS   MsgRcvd   MsgSent   TblVer  InQ OutQ  Up/Down State/PfxRcd   PfxSnt Desc\n";
}

std::string FamilySummary::row(const Peer& peer) const {
    const SessionCounts& counts = peer.session.counts();
    const BgpConfig& config = process_.config();
    std::string text =
        fmt::format("{:<{}} 4 {:>10} {:>9} {:>9} {:>8} {:>4} {:>4} {:>8}", shownName(peer), width_,
                    bgp::text(remoteAsOf(process_, peer), config.notation), counts.received.total(),
                    counts.sent.total(), 0, 0, 0, uptimeOf(peer, context_.now));
    const FamilyExchange& exchange = peer.families[family_];
    std::string received = stateText(peer);
    std::string sent = std::to_string(exchange.sent);
    if (peer.session.isEstablished()) {
        const auto orPolicy = [&](Direction direction, std::uint32_t count) {
            return lacksPolicy(process_, peer, family_, direction) ? "(Policy)" : std::to_string(count);
        };
        received = exchange.isUp ? orPolicy(Direction::In, exchange.accepted) : "NoNeg";
        sent = exchange.isUp ? orPolicy(Direction::Out, exchange.sent) : "NoNeg";
    }
    const auto& description = peer.config.settings.description;
    return text +
           fmt::format(" {:>12} {:>8} {}\n", received, sent, description ? shortened(*description) : "N/A");
}

std::string FamilySummary::failedRow(const Peer& peer) const {
    const SessionCounts& counts = peer.session.counts();
    const auto& end = peer.session.lastEnd();
    return fmt::format("{:<{}} {:>7} {:>7} {:>9} {}\n", shownName(peer), width_,
                       counts.connectionsEstablished, counts.connectionsDropped, uptimeOf(peer, context_.now),
                       end ? end->lastResetDueTo() : "");
}

std::string FamilySummary::text(bool hasHeadline) const {
    std::string text = hasHeadline ? headline() : "";
    if (all_.empty()) return fmt::format("% No BGP neighbors found in VRF default\n");
    if (shown_.empty() && rows_ == SummaryRows::Failed) return text + "% No failed BGP neighbors found\n";
    text += headerText() + columns();
    for (const Peer* peer : shown_)
        text += rows_ == SummaryRows::Failed ? failedRow(*peer) : row(*peer);
    if (rows_ != SummaryRows::All) text += fmt::format("\nDisplayed neighbors {}", shown_.size());
    text += fmt::format("\nTotal number of neighbors {}\n", all_.size());
    if (dynamicPeers() == 0) return text;
    return text + fmt::format("* - dynamic neighbor\n{} dynamic neighbor(s), limit {}\n", dynamicPeers(),
                              process_.config().listenLimit);
}

void FamilySummary::putUptime(Json& json, const Peer& peer) const {
    const auto since = peer.session.lastEstablished();
    json["peerUptime"] = uptimeOf(peer, context_.now);
    json["peerUptimeMsec"] = since ? wholeMilliseconds(context_.now - *since) : 0;
    if (peer.session.isEstablished()) json["peerUptimeEstablishedEpoch"] = epochOf(*since);
}

Json FamilySummary::rowJson(const Peer& peer) const {
    const SessionCounts& counts = peer.session.counts();
    const FamilyExchange& exchange = peer.families[family_];
    const bool isUp = peer.session.isEstablished();
    Json json = Json::object();
    if (!hostnameOf(peer).empty()) json["hostname"] = hostnameOf(peer);
    json["remoteAs"] = remoteAsOf(process_, peer).value();
    json["localAs"] = peer.localAs.value();
    json["version"] = 4;
    json["msgRcvd"] = counts.received.total();
    json["msgSent"] = counts.sent.total();
    json["tableVersion"] = 0;
    json["outq"] = 0;
    json["inq"] = 0;
    putUptime(json, peer);
    json["pfxRcd"] = exchange.accepted;
    json["pfxSnt"] = exchange.sent;
    json["state"] = stateText(peer);
    const bool lacks = lacksPolicy(process_, peer, family_, Direction::In) ||
                       lacksPolicy(process_, peer, family_, Direction::Out);
    const std::string state = stateText(peer);
    json["peerState"] = state == "Idle (Admin)"   ? "Admin"
                        : state == "Idle (PfxCt)" ? "PfxCt"
                        : lacks                   ? "Policy"
                        : isUp && !exchange.isUp  ? "NoNeg"
                                                  : "OK";
    json["connectionsEstablished"] = counts.connectionsEstablished;
    json["connectionsDropped"] = counts.connectionsDropped;
    if (peer.config.settings.description) json["desc"] = *peer.config.settings.description;
    json["idType"] = !peer.key.interface.empty() ? "interface" : peer.address().isV4() ? "ipv4" : "ipv6";
    if (!isUp) json["reason"] = peer.session.reason(context_.now);
    return json;
}

Json FamilySummary::failedRowJson(const Peer& peer) const {
    const SessionCounts& counts = peer.session.counts();
    Json json = {{"connectionsEstablished", counts.connectionsEstablished},
                 {"connectionsDropped", counts.connectionsDropped}};
    putUptime(json, peer);
    if (const auto& end = peer.session.lastEnd()) json["lastResetDueTo"] = end->lastResetDueTo();
    json["idType"] = !peer.key.interface.empty() ? "interface" : peer.address().isV4() ? "ipv4" : "ipv6";
    json["reason"] = peer.session.reason(context_.now);
    return json;
}

Json FamilySummary::json() const {
    if (all_.empty()) return Json::object();
    if (shown_.empty() && rows_ == SummaryRows::Failed)
        return {{"failedPeersCount", 0}, {"dynamicPeers", dynamicPeers()}, {"totalPeers", all_.size()}};
    const BgpConfig& config = process_.config();
    const std::size_t entries = entriesOf(process_.table(family_));
    Json json = {{"routerId", toString(process_.routerId().address())},
                 {"as", config.number->value()},
                 {"vrfId", 0},
                 {"vrfName", "default"},
                 {"tableVersion", process_.tableVersion(family_)},
                 {"ribCount", entries},
                 {"ribMemory", entries * kBytesPerEntry},
                 {"peerCount", all_.size()},
                 {"peerMemory", all_.size() * kBytesPerPeer}};
    if (!config.groups.empty()) {
        json["peerGroupCount"] = config.groups.size();
        json["peerGroupMemory"] = config.groups.size() * kBytesPerGroup;
    }
    Json peers = Json::object();
    for (const Peer* peer : shown_)
        peers[peer->name()] = rows_ == SummaryRows::Failed ? failedRowJson(*peer) : rowJson(*peer);
    json["peers"] = std::move(peers);
    const auto failed =
        std::ranges::count_if(all_, [](const Peer* p) { return !p->session.isEstablished(); });
    json["failedPeers"] = failed;
    // FRR counts all neighbours here when it shows the failed ones only.
    json["displayedPeers"] = rows_ == SummaryRows::Failed ? all_.size() : shown_.size();
    json["totalPeers"] = all_.size();
    json["dynamicPeers"] = dynamicPeers();
    if (rows_ != SummaryRows::Failed) {
        const BestPathOptions& options = config.bestPath;
        json["bestPath"] = {{"multiPathRelax", options.relaxesWithAsSet   ? "as-set"
                                               : options.relaxesMultipath ? "true"
                                                                          : "false"}};
        if (options.comparesRouterId) json["bestPath"]["compareRouterId"] = "true";
    }
    return json;
}

}  // namespace

std::string showSummary(const ShowContext& context, const SummaryQuery& query, Format format) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstanceForNeighbors(format);
    if (query.family) {
        const FamilySummary summary(context, *process, *query.family, query.rows);
        return format == Format::AsJson ? frrText(summary.json()) : summary.text(!query.saysUnicast);
    }
    Json json = Json::object();
    std::string text;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const FamilySummary summary(context, *process, family, query.rows);
        if (summary.isEmpty()) continue;
        json[keyOf(family)] = summary.json();
        text += summary.text(true);
    }
    if (format == Format::AsJson) return frrText(json);
    return text.empty() ? "% No BGP neighbors found in VRF default\n" : text;
}

}  // namespace peerscape::bgp
