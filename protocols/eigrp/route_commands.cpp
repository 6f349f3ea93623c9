/// Which routes are announced and believed: redistribution, stubs, lists.
#include <string>
#include <utility>

#include <fmt/format.h>

#include "protocols/eigrp/command_list.hpp"

namespace peerscape::eigrp {
namespace {

Direction directionIn(const Arguments& arguments) {
    return arguments.text("direction") == "in" ? Direction::In : Direction::Out;
}

Result<void> redistribute(EigrpConfig& config, ConfigSession& session, const Arguments& arguments) {
    Redistribution entry;
    entry.name = std::string(arguments.text("protocol"));
    const auto known = session.protocolNamed ? session.protocolNamed(entry.name) : std::nullopt;
    if (known) {
        entry.protocol = *known;
    } else {
        session.warn(
            fmt::format("no router of this lab runs {}: there is nothing to redistribute", entry.name));
    }
    if (arguments.has("bandwidth")) entry.metric = seedMetricIn(arguments);
    entry.routeMap = std::string(arguments.text("map"));
    const auto isSame = [name = entry.name](const Redistribution& r) { return r.name == name; };
    return replaceOrAppend(config.redistributions, std::move(entry), isSame);
}

void addRedistribution(CommandList& list) {
    const std::string sources = fmt::format(
        "<kernel$protocol|connected$protocol|static$protocol|{}$protocol|{}$protocol|isis$protocol|bgp$"
        "protocol|"
        "nhrp$protocol|table$protocol|vnc$protocol|babel$protocol|openfabric$protocol>",
        list.isV4() ? "rip" : "ripng", list.isV4() ? "ospf" : "ospf6");
    list.addToRouter(
        fmt::format("redistribute {} [{{metric {}|route-map RMAP_NAME$map}}]", sources, kSeedMetricPattern),
        "Announces the routes of another protocol.", redistribute,
        [](EigrpConfig& c, auto&, const Arguments& a) -> Result<void> {
            std::erase_if(c.redistributions, [&](const auto& r) { return r.name == a.text("protocol"); });
            return {};
        });
    list.addToRouter(
        std::string("default-metric ") + kSeedMetricPattern,
        "The metric of redistributed routes that get none otherwise.",
        [](EigrpConfig& c, auto&, const Arguments& a) {
            return CommandList::set(c.defaultMetric, seedMetricIn(a));
        },
        [](EigrpConfig& c, auto&, auto&) { return CommandList::set(c.defaultMetric, std::nullopt); },
        std::string("default-metric [") + kSeedMetricPattern + "]");
}

StubSettings stubIn(const Arguments& arguments) {
    StubSettings stub{.announcesConnected = arguments.has("connected"),
                      .announcesStatic = arguments.has("static"),
                      .announcesSummaries = arguments.has("summary"),
                      .announcesRedistributed = arguments.has("redistributed"),
                      .isReceiveOnly = arguments.has("receive-only"),
                      .leakMap = std::string(arguments.text("leak"))};
    const bool saysWhat = stub.announcesConnected || stub.announcesStatic || stub.announcesSummaries ||
                          stub.announcesRedistributed || stub.isReceiveOnly;
    if (!saysWhat) stub.announcesConnected = stub.announcesSummaries = true;
    return stub;
}

void addStub(CommandList& list) {
    list.addToRouter(
        "eigrp stub [<receive-only$receive-only|{connected$connected|static$static|summary$summary|"
        "redistributed$redistributed|leak-map RMAP_NAME$leak}>]",
        "Is not asked on the way to anywhere, and announces only this (connected and summary when nothing is "
        "said).",
        [](EigrpConfig& c, auto&, const Arguments& a) { return CommandList::set(c.stub, stubIn(a)); },
        [](EigrpConfig& c, auto&, auto&) { return CommandList::set(c.stub, std::nullopt); });
}

void addOffsetList(CommandList& list) {
    const auto isOf = [](const Arguments& a) {
        return [direction = directionIn(a), name = std::string(a.text("interface"))](const OffsetList& o) {
            return o.direction == direction && o.interface == name;
        };
    };
    list.addToRouter(
        "offset-list ACCESSLIST_NAME$list <in$direction|out$direction> (0-2147483647)$offset "
        "[IFNAME$interface]",
        "Adds to the metric of routes that the access-list permits.",
        [=](EigrpConfig& c, auto&, const Arguments& a) {
            return replaceOrAppend(c.offsetLists,
                                   OffsetList{.accessList = std::string(a.text("list")),
                                              .direction = directionIn(a),
                                              .offset = static_cast<std::uint32_t>(a.number("offset")),
                                              .interface = std::string(a.text("interface"))},
                                   isOf(a));
        },
        [=](EigrpConfig& c, auto&, const Arguments& a) -> Result<void> {
            if (std::erase_if(c.offsetLists, isOf(a)) == 0) return failure("there is no such offset-list");
            return {};
        });
}

DistributeList distributeListIn(const Arguments& arguments) {
    return {.isPrefixList = arguments.has("kind"),
            .list = std::string(arguments.text("list")),
            .direction = directionIn(arguments),
            .interface = std::string(arguments.text("interface"))};
}

void addDistributeList(CommandList& list) {
    list.addToRouter(
        "distribute-list [prefix$kind] LIST_NAME$list <in$direction|out$direction> [IFNAME$interface]",
        "Filters the routes that are taken or sent.",
        [](EigrpConfig& c, auto&, const Arguments& a) {
            const auto isSame = [like = distributeListIn(a)](const DistributeList& d) {
                return d.isPrefixList == like.isPrefixList && d.direction == like.direction &&
                       d.interface == like.interface;
            };
            return replaceOrAppend(c.distributeLists, distributeListIn(a), isSame);
        },
        [](EigrpConfig& c, auto&, const Arguments& a) -> Result<void> {
            if (std::erase(c.distributeLists, distributeListIn(a)) == 0)
                return failure("there is no such distribute-list");
            return {};
        });
}

/// Routers of today do not summarise at the borders of classes; a line that says so is fine.
void addAutomaticSummaries(CommandList& list) {
    list.addToRouter(
        "auto-summary", "Only 'no auto-summary' is accepted, which is what holds.",
        [](auto&, auto&, auto&) -> Result<void> {
            return failure(
                "expected 'no auto-summary': networks are never summarised by class here; write 'ip "
                "summary-address eigrp' in the interface");
        },
        [](auto&, auto&, auto&) -> Result<void> { return {}; });
}

}  // namespace

void addRoutes(CommandList& list) {
    addRedistribution(list);
    addStub(list);
    addOffsetList(list);
    addDistributeList(list);
    if (list.isV4()) addAutomaticSummaries(list);
}

}  // namespace peerscape::eigrp
