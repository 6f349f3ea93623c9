// Telling all neighbours at once what has just changed: each destination is looked up once for all of them,
// and export policy is asked once for those that it treats alike. Whoever has to wait for something is told
// as ever (process_send.cpp).
#include <algorithm>
#include <optional>
#include <utility>

#include "protocols/bgp/peer_news.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {

/// What export policy has said of one path, by audience.
class BgpProcess::ExportMemo {
  public:
    ExportMemo(const BgpProcess& process, const Env& env, const Prefix& prefix, const Path& path)
        : process_(process), env_(env), prefix_(prefix), path_(path) {}

    /// What the neighbour is to have; none: nothing.
    std::optional<Wish> wishOf(const Peer& to) {
        const Family family = prefix_.family();
        if (process_.mayTell(env_, to, family, prefix_, path_)) return std::nullopt;
        const AudienceId audience = to.families[family].audience;
        if (!audience) return asWish(process_.applyExportPolicy(env_, to, family, prefix_, path_));
        if (verdicts_.size() <= *audience) verdicts_.resize(*audience + 1);
        auto& verdict = verdicts_[*audience];
        if (!verdict) verdict = process_.applyExportPolicy(env_, to, family, prefix_, path_);
        std::optional<Wish> wish = asWish(*verdict);
        if (wish) wish->nextHop = process_.nextHopFor(env_, to, path_, false);
        return wish;
    }

  private:
    static std::optional<Wish> asWish(const ExportVerdict& verdict) {
        if (!verdict.isTold()) return std::nullopt;
        return Wish{0, verdict.attributes, verdict.nextHop};
    }

    const BgpProcess& process_;
    const Env& env_;
    const Prefix& prefix_;
    const Path& path_;
    std::vector<std::optional<ExportVerdict>> verdicts_;
};

void BgpProcess::findAudience(Peer& peer) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        FamilyExchange& exchange = peer.families[family];
        exchange.audience = exchange.isUp ? audiences_[family].of(peer, family, policy_) : std::nullopt;
    }
}

void BgpProcess::findAudiences() {
    audiences_ = {};
    for (auto [id, peer] : peers_)
        findAudience(peer);
}

/// Nothing holds it back, nothing else waits to be told with it, and no count or default route hangs on it.
bool BgpProcess::hearsNewsAtOnce(const Peer& peer, Family family, SimTime now) const {
    const FamilyExchange& exchange = peer.families[family];
    const NeighborFamilySettings& settings = peer.settings(family);
    return exchange.isUp && exchange.pending.isEmpty() && !exchange.owesEndOfRib &&
           exchange.notBefore <= now && peer.config.settings.advertisementInterval.value_or(0) == 0 &&
           !settings.maximumPrefixOut && !settings.defaultOriginate && !peer.wire.sendsPathIds[family];
}

/// The neighbours that can be told at once, in order, and what each is told.
std::vector<BgpProcess::PeerNews> BgpProcess::gatherNews(Step& step, Family family,
                                                         const std::vector<PendingPrefixes::Item>& news) {
    std::vector<PeerNews> told;
    if (news.empty() || isDeferring(family)) return told;
    for (const auto& [id, peer] : peers_) {
        if (hearsNewsAtOnce(peer, family, step.env.now)) told.emplace_back(id);
    }
    for (const PendingPrefixes::Item& item : news)
        gatherNews(step, item, told);
    return told;
}

/// Compares what each of them has of the prefix with what it is to have, and notes that it has it.
void BgpProcess::gatherNews(Step& step, const PendingPrefixes::Item& item, std::vector<PeerNews>& told) {
    const Family family = item.prefix.family();
    Destination* destination = tables_[family].edit(item.prefix);
    if (destination == nullptr) return;
    const Path* best = destination->bestPath();
    std::optional<ExportMemo> memo;
    if (best != nullptr) memo.emplace(*this, step.env, item.prefix, *best);
    std::vector<Advertised>& advertised = destination->advertised;
    std::vector<Advertised> added;
    // Both are in the order of the neighbours.
    std::size_t at = 0;
    bool hasGone = false;
    for (PeerNews& news : told) {
        while (at < advertised.size() && advertised[at].peer < news.peer)
            ++at;
        Advertised* before =
            at < advertised.size() && advertised[at].peer == news.peer ? &advertised[at] : nullptr;
        Peer& peer = peers_.at(news.peer);
        FamilyExchange& exchange = peer.families[family];
        const std::optional<Wish> wish = memo ? memo->wishOf(peer) : std::nullopt;
        if (!wish) {
            if (before == nullptr) continue;
            news.withdrawn.push_back({item.prefix, before->pathId});
            nextHops_.release(before->nextHop);
            before->peer = PeerId::none();
            ++at;
            hasGone = true;
            --exchange.sent;
            continue;
        }
        const Nlri nlri{item.prefix, wish->pathId};
        if (before == nullptr) {
            news.announce(nlri, *wish);
            added.push_back({news.peer, wish->pathId, nextHops_.acquire(wish->nextHop, {}, exchange.ownHop),
                             wish->attributes});
            ++exchange.sent;
            continue;
        }
        const bool hasNewHop = !(nextHops_[before->nextHop].value == wish->nextHop);
        if (!hasNewHop && before->attributes == wish->attributes) continue;
        news.announce(nlri, *wish);
        before->attributes = wish->attributes;
        if (!hasNewHop) continue;
        const NextHopId hop = nextHops_.acquire(wish->nextHop, {}, exchange.ownHop);
        nextHops_.release(std::exchange(before->nextHop, hop));
    }
    if (hasGone) std::erase_if(advertised, [](const Advertised& one) { return !one.peer.isSome(); });
    if (!added.empty()) {
        const auto middle = std::ssize(advertised);
        advertised.insert(advertised.end(), std::make_move_iterator(added.begin()),
                          std::make_move_iterator(added.end()));
        std::ranges::inplace_merge(advertised, advertised.begin() + middle, {}, &Advertised::peer);
    }
    if (destination->paths.empty() && advertised.empty()) tables_[family].erase(item.prefix);
}

/// For a neighbour that is told later, or together with other things.
void BgpProcess::keepNews(Family family, const std::vector<PendingPrefixes::Item>& news, Peer& peer) {
    FamilyExchange& exchange = peer.families[family];
    const auto& wanted = peer.settings(family).defaultOriginate;
    for (const PendingPrefixes::Item& item : news) {
        exchange.pending.add(item.prefix, item.cause);
        // Whether there is a default route to tell may hang on this one.
        if (wanted && !wanted->routeMap.empty())
            exchange.pending.add(Prefix::defaultRoute(family), item.cause);
    }
}

}  // namespace peerscape::bgp
