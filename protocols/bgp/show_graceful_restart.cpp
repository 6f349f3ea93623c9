#include "protocols/bgp/show_graceful_restart.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "protocols/bgp/show_neighbors.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::string_view kCodes =
    "Codes: GR - Graceful Restart, * -  Inheriting Global GR Config,\n"
    "       Restart - GR Mode-Restarting, Helper - GR Mode-Helper,\n"
    "       Disable - GR Mode-Disable.\n\n";

/// One address family of an established session in which both sides have the capability.
struct FamilyRestart {
    Family family;
    bool isForwardingPreserved = false;  ///< the neighbour says so: the F bit
    bool hasSentEndOfRib = false;
    bool hasReceivedEndOfRib = false;
    std::uint16_t stalePathTime = 0;                   ///< seconds
    std::optional<std::uint32_t> selectionDeferral{};  ///< seconds; none: this router is a helper only
};

std::vector<FamilyRestart> restartsOf(const NeighborView& view) {
    std::vector<FamilyRestart> all;
    if (!view.isUp()) return all;
    const Offered offered = view.gracefulRestart();
    if (!offered.isAdvertised || !offered.isReceived) return all;
    const GracefulRestart& configured = view.process.config().gracefulRestart;
    const auto& named = view.theirs().gracefulRestart->families;
    for (const Family family : view.families) {
        const FamilyExchange& exchange = view.peer.families[family];
        if (!exchange.isUp) continue;
        const auto said = std::ranges::find(named, family, &GracefulFamily::family);
        FamilyRestart one{family, said != named.end() && said->isForwardingPreserved,
                          exchange.hasSentEndOfRib, exchange.hasReceivedEndOfRib, configured.stalePathTime};
        if (view.localGracefulMode().starts_with("Restart"))
            one.selectionDeferral = configured.selectionDeferralTime;
        all.push_back(one);
    }
    return all;
}

std::string familyText(const FamilyRestart& one) {
    const auto yes = [](bool isSo) { return isSo ? "Yes" : "No"; };
    std::string text = fmt::format(
        "    {}:\n      F bit: {}\n      End-of-RIB sent: {}\n      End-of-RIB received: {}\n"
        "      Timers:\n        Configured Stale Path Time(sec): {}\n",
        titleOf(one.family), one.isForwardingPreserved ? "True" : "False", yes(one.hasSentEndOfRib),
        yes(one.hasReceivedEndOfRib), one.stalePathTime);
    if (one.selectionDeferral)
        text += fmt::format("        Configured Selection Deferral Time(sec): {}\n", *one.selectionDeferral);
    return text;
}

Json familyJson(const FamilyRestart& one) {
    Json timers = {{"stalePathTimer", one.stalePathTime}};
    if (one.selectionDeferral) timers["selectionDeferralTimer"] = *one.selectionDeferral;
    return {{"fBit", one.isForwardingPreserved},
            {"endOfRibStatus",
             {{"endOfRibSend", one.hasSentEndOfRib}, {"endOfRibRecv", one.hasReceivedEndOfRib}}},
            {"timers", std::move(timers)}};
}

}  // namespace

std::string gracefulCapabilityText(const NeighborView& view) {
    const Offered offered = view.gracefulRestart();
    std::string text = fmt::format("    Graceful Restart Capability: {}\n", offered.text());
    if (!offered.isReceived) return text;
    const GracefulRestartCapability& theirs = *view.theirs().gracefulRestart;
    text += fmt::format("      Remote Restart timer is {} seconds\n      Address families by peer:\n        ",
                        theirs.restartTime);
    if (theirs.families.empty()) return text + "none\n";
    bool isFirst = true;
    for (const GracefulFamily& one : theirs.families) {
        text += fmt::format("{}{}({})", std::exchange(isFirst, false) ? "" : ", ", titleOf(one.family),
                            one.isForwardingPreserved ? "preserved" : "not preserved");
    }
    return text + "\n";
}

std::string gracefulRestartText(const NeighborView& view) {
    std::string sent;
    std::string received;
    for (const Family family : view.families) {
        const FamilyExchange& exchange = view.peer.families[family];
        if (!exchange.isUp) continue;
        if (exchange.hasSentEndOfRib) sent += fmt::format(" {}", titleOf(family));
        if (exchange.hasReceivedEndOfRib) received += fmt::format(" {}", titleOf(family));
    }
    std::string text = "  Graceful restart information:\n";
    if (!sent.empty()) text += "    End-of-RIB send:" + sent + "\n";
    if (!received.empty()) text += "    End-of-RIB received:" + received + "\n";
    const auto& theirs = view.isUp() ? view.theirs().gracefulRestart : std::nullopt;
    const auto claim = [](bool isSo) { return isSo ? "True" : "False"; };
    text += fmt::format("    Local GR Mode: {}\n    Remote GR Mode: {}\n", view.localGracefulMode(),
                        view.remoteGracefulMode());
    text += fmt::format("    R bit: {}\n    N bit: {}\n", claim(theirs && theirs->hasRestarted),
                        claim(theirs && theirs->signalsNotification));
    text += fmt::format(
        "    Timers:\n      Configured Restart Time(sec): {}\n      Received Restart Time(sec): {}\n",
        view.process.config().gracefulRestart.restartTime, theirs ? theirs->restartTime : 0);
    for (const FamilyRestart& one : restartsOf(view))
        text += familyText(one);
    return text;
}

Json gracefulRestartJson(const NeighborView& view) {
    Json sent = Json::object();
    Json received = Json::object();
    for (const Family family : view.families) {
        const FamilyExchange& exchange = view.peer.families[family];
        if (!exchange.isUp) continue;
        if (exchange.hasSentEndOfRib) sent[keyOf(family)] = true;
        if (exchange.hasReceivedEndOfRib) received[keyOf(family)] = true;
    }
    const auto& theirs = view.isUp() ? view.theirs().gracefulRestart : std::nullopt;
    Json json = {{"endOfRibSend", std::move(sent)},
                 {"endOfRibRecv", std::move(received)},
                 {"localGrMode", view.localGracefulMode()},
                 {"remoteGrMode", view.remoteGracefulMode()},
                 {"rBit", theirs && theirs->hasRestarted},
                 {"nBit", theirs && theirs->signalsNotification},
                 {"timers",
                  {{"configuredRestartTimer", view.process.config().gracefulRestart.restartTime},
                   {"receivedRestartTimer", theirs ? theirs->restartTime : 0}}}};
    for (const FamilyRestart& one : restartsOf(view))
        json[keyOf(one.family)] = familyJson(one);
    return json;
}

std::string showGracefulRestart(const ShowContext& context, std::optional<Family> family,
                                std::string_view name, Format format) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstanceForNeighbors(format);
    Json json = Json::object();
    std::string text(kCodes);
    bool isAnybodyMeant = false;
    for (const Peer* peer : peersInOrder(*process)) {
        if (!name.empty() && peer->name() != name) continue;
        if (family && !isActivated(*process, *peer, *family)) continue;
        isAnybodyMeant = true;
        const NeighborView view(context, *process, *peer);
        text += neighborHeading(view) + neighborStateLine(view);
        if (view.isUp() && view.gracefulRestart().isSaid())
            text += "  Neighbor GR capabilities:\n" + gracefulCapabilityText(view);
        text += gracefulRestartText(view) + "\n";
        Json one = {{"neighborAddr", peer->name()}};
        one.update(gracefulRestartJson(view));
        json[peer->name()] = std::move(one);
    }
    if (!isAnybodyMeant && !name.empty()) {
        return format == Format::AsJson ? frrText({{"bgpNoSuchNeighbor", true}})
                                        : "% No such neighbor in this view/vrf\n\n";
    }
    return format == Format::AsJson ? frrText(json) : text;
}

}  // namespace peerscape::bgp
