#include "scenarios/world/as_number_warnings.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "protocols/bgp/as_numbers.hpp"
#include "protocols/bgp/process_config.hpp"
#include "scenarios/explain/config_origin.hpp"
#include "scenarios/format/group_tree.hpp"
#include "scenarios/world/as_number_leaks.hpp"
#include "scenarios/world/bgp_speakers.hpp"
#include "scenarios/world/unrelated_speakers.hpp"

namespace peerscape {
namespace {

using BgpClaim = std::function<bool(const bgp::BgpConfig&)>;

class AsNumberWarnings {
  public:
    explicit AsNumberWarnings(const LabWorld& world)
        : world_(world),
          evidence_{world.simulation(), world.lab().log(), world.file()},
          speakers_(world.simulation()) {}

    std::vector<Diagnostic> run() {
        for (const BgpSpeaker& speaker : speakers_.all())
            warnOfReserved(speaker);
        warnOfLeaks();
        for (const auto& [first, second] : unrelatedSpeakers(world_.file(), world_.simulation(), speakers_))
            warnOfUnrelated(speakers_.all()[first], speakers_.all()[second]);
        warnOfSingleUpstreams();
        return problems_.take();
    }

  private:
    const std::string& nameOf(const BgpSpeaker& speaker) const { return world_.nameOf(speaker.node); }
    std::string neighborOf(const BgpSide& side) const {
        if (!side.other) return toString(side.address);
        return nameOf(speakers_.all()[speakers_.sides()[*side.other].speaker]);
    }

    /// Where the configuration begins to say so; of one that was made from intents, the router's entry.
    SourcePlace placeOf(const BgpSpeaker& speaker, const BgpClaim& claim) const {
        const auto origin = lineThatSays(evidence_, speaker.node, [&](const RouterConfig& config) {
            const auto found = config.processes.find(bgp::kBgp);
            if (found == config.processes.end()) return false;
            const auto* settings = dynamic_cast<const bgp::BgpProcessConfig*>(found->second.get());
            return settings != nullptr && claim(settings->value);
        });
        const bool isMade = origin && origin->place && origin->place->file.starts_with('<');
        if (!origin || !origin->place || isMade) {
            const RouterEntry* router = world_.file().router(nameOf(speaker));
            return router == nullptr ? SourcePlace{} : router->place.at;
        }
        SourcePlace place = *origin->place;
        place.column = origin->column;
        return place;
    }
    SourcePlace placeOf(const BgpSide& side) const {
        return placeOf(speakers_.all()[side.speaker], [&](const bgp::BgpConfig& config) {
            const auto found = config.neighbors.find(side.address);
            return found != config.neighbors.end() &&
                   config.effective(found->second).settings.remoteAs.has_value();
        });
    }

    void warnOfReserved(const BgpSpeaker& speaker) {
        const auto warn = [&](const std::optional<Asn>& number, const BgpClaim& claim) {
            const std::string_view why = number ? bgp::reasonReserved(*number) : std::string_view();
            if (why.empty()) return;
            const RouterEntry* router = world_.file().router(nameOf(speaker));
            if (router != nullptr && world_.file().asnOf(*router) == number) return;
            problems_.warning(placeOf(speaker, claim),
                              fmt::format("AS {} {}: nobody can have it", toString(*number), why));
        };
        warn(speaker.config->number, [](const bgp::BgpConfig& c) { return c.number.has_value(); });
        warn(speaker.config->confederation,
             [](const bgp::BgpConfig& c) { return c.confederation.has_value(); });
        for (const auto& [address, neighbor] : speaker.config->neighbors) {
            const auto& settings = neighbor.settings;
            const auto find = [at = address](const bgp::BgpConfig& c) {
                const auto found = c.neighbors.find(at);
                return found == c.neighbors.end() ? nullptr : &found->second.settings;
            };
            if (settings.remoteAs && settings.remoteAs->kind == bgp::RemoteAs::Kind::Number &&
                settings.remoteAs->number != speaker.config->number)
                warn(settings.remoteAs->number, [&](const bgp::BgpConfig& c) {
                    return find(c) != nullptr && find(c)->remoteAs.has_value();
                });
            if (settings.localAs)
                warn(settings.localAs->number, [&](const bgp::BgpConfig& c) {
                    return find(c) != nullptr && find(c)->localAs.has_value();
                });
        }
    }

    void warnOfLeaks() {
        const std::vector<AsNumberLeak> leaks = findAsNumberLeaks(evidence_, speakers_);
        std::set<Asn> passedOn;
        for (const AsNumberLeak& leak : leaks) {
            if (!leak.isSendersOwn()) passedOn.insert(leak.number);
        }
        for (const AsNumberLeak& leak : leaks) {
            // What a customer tells its provider stays between the two while the provider keeps it.
            const bool counts =
                !leak.isSendersOwn() || (!passedOn.contains(leak.number) && isAloneAmongPublic(leak));
            if (counts) warnOf(leak);
        }
    }
    /// Everybody else has a public number, and the neighbour nobody else, to whom it may pass the number on
    /// or not: it stands for the Internet.
    bool isAloneAmongPublic(const AsNumberLeak& leak) const {
        const auto& side = speakers_.sides()[leak.side];
        const bool areOthersPublic = std::ranges::all_of(speakers_.all(), [&](const BgpSpeaker& speaker) {
            return speaker.number() == leak.number || *speaker.config->number == leak.number ||
                   bgp::isPublic(speaker.number());
        });
        const bool hasOthers = std::ranges::any_of(speakers_.sides(), [&](const BgpSide& other) {
            const Asn there = speakers_.all()[other.speaker].number();
            return there == side.remote && other.isExternal && other.remote != leak.number;
        });
        return areOthersPublic && !hasOthers;
    }
    void warnOf(const AsNumberLeak& leak) {
        const BgpSide& side = speakers_.sides()[leak.side];
        const std::string_view kind = bgp::isPrivate(leak.number) ? "is private (RFC 6996)"
                                      : bgp::isDocumentation(leak.number)
                                          ? "is for documentation only (RFC 5398)"
                                          : bgp::reasonReserved(leak.number);
        const auto& settings = *side.config.families[leak.prefix.family()];
        std::string remedy = fmt::format("give AS {} a public number", toString(leak.number));
        if (!leak.isSendersOwn() && bgp::isPrivate(leak.number))
            remedy = fmt::format("'neighbor {} remove-private-AS{}' takes it out", toString(side.address),
                                 settings.removePrivateAs || isMixed(leak.path) ? " all" : "");
        problems_.warning(
            placeOf(side),
            fmt::format("AS {} {} and comes to {} in the public AS {}, in the path {} of {}: {}",
                        toString(leak.number), kind, neighborOf(side), toString(side.remote),
                        leak.path.text(), toString(leak.prefix), remedy));
    }
    /// Behind the sender's own number there are others than private ones.
    static bool isMixed(const bgp::AsPath& path) {
        const auto own = path.first();
        return std::ranges::any_of(path.segments(), [&](const bgp::AsSegment& segment) {
            return std::ranges::any_of(segment.numbers, [&](std::uint32_t value) {
                return Asn::number(value) != own && !bgp::isPrivate(Asn::number(value));
            });
        });
    }

    void warnOfUnrelated(const BgpSpeaker& first, const BgpSpeaker& second) {
        const std::string number = toString(second.number());
        problems_.warning(
            placeOf(second, [](const bgp::BgpConfig& c) { return c.number.has_value(); }),
            fmt::format(
                "{} has the number of {}, AS {}, and neither a link inside the AS nor an iBGP session "
                "leads from one to the other: each takes the other's routes for a loop; give one of "
                "them a number of its own, or join them by iBGP",
                nameOf(second), nameOf(first), number));
    }

    /// Groups with relations on their links are judged by these, when the lab file is read.
    void warnOfSingleUpstreams() {
        for (const GroupEntry& group : world_.file().groups) {
            const auto isMember = [&](const RouterEntry& router) {
                return isInGroup(world_.file(), router.name, group);
            };
            if (isCalledMultihomed(group) && !hasProviderLink(world_.file(), isMember))
                warnOfUpstreams("group '" + group.name + "'", group.place.at, isMember);
        }
        for (const RouterEntry& router : world_.file().routers) {
            const auto isIt = [&](const RouterEntry& other) { return other.name == router.name; };
            const bool isJudged = router.group && isInCalledGroup(router);
            if (saysMultihomed(router.name) && !isJudged)
                warnOfUpstreams("router '" + router.name + "'", router.place.at, isIt);
        }
    }
    bool isInCalledGroup(const RouterEntry& router) const {
        return std::ranges::any_of(world_.file().groups, [&](const GroupEntry& group) {
            return isCalledMultihomed(group) && isInGroup(world_.file(), router.name, group);
        });
    }
    template <typename Condition>
    void warnOfUpstreams(const std::string& who, const SourcePlace& place, Condition isMember) {
        std::set<Asn> upstreams;
        for (const BgpSide& side : speakers_.sides()) {
            const RouterEntry* router = world_.file().router(nameOf(speakers_.all()[side.speaker]));
            if (router == nullptr || !isMember(*router) || !side.isExternal) continue;
            if (side.remote != Asn()) upstreams.insert(side.remote);
        }
        if (upstreams.size() != 1) return;
        problems_.warning(place,
                          fmt::format("{} is called multihomed, and has one upstream only, AS {}: add an "
                                      "eBGP session to a second AS, or call it by another name",
                                      who, toString(*upstreams.begin())));
    }

    const LabWorld& world_;
    Evidence evidence_;
    BgpSpeakers speakers_;
    DiagnosticList problems_;
};

}  // namespace

std::vector<Diagnostic> asNumberWarnings(const LabWorld& world) { return AsNumberWarnings(world).run(); }

}  // namespace peerscape
