// Telling all neighbours at once what has just changed: each destination is looked up once for all of them,
// and export policy is asked once for those that it treats alike. Whoever has to wait for something is told
// as ever (process_send.cpp).
#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/small_vector.hpp"
#include "protocols/bgp/peer_news.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {

/// What the neighbours are to have of one path: the rules before policy once for the path and once for the
/// neighbour, export policy once for each audience.
class BgpProcess::ExportMemo {
  public:
    ExportMemo(const BgpProcess& process, const Env& env, const Prefix& prefix, const Path& path)
        : process_(process), env_(env), prefix_(prefix), path_(path), from_(process.nextHops_[path.nextHop]) {
        const PathAttributes& attributes = *path.attributes;
        const auto has = [&](Community community) { return attributes.hasCommunity(community); };
        const bool isStale = path.isLongLivedStale || has(community::kLlgrStale);
        isPlain_ = prefix.length() != 0 && !isStale;
        mayLeave_ = !has(community::kNoAdvertise) && !has(community::kNoExport) && !has(community::kLocalAs);
    }

    /// What policy says for the neighbour; null: it is to have nothing. Valid until it is asked for another
    /// one.
    const ExportVerdict* verdictFor(const Listener& to) {
        const auto peer = [&]() -> const Peer& { return process_.peers_.at(to.peer); };
        if (isPlain_ && to.isPlain) {
            if (!mayLeave_) return nullptr;
            if (to.detectsLoops && path_.attributes->asPath->contains(to.remoteAs)) return nullptr;
        } else if (process_.mayTell(env_, peer(), prefix_.family(), prefix_, path_)) {
            return nullptr;
        }
        if (!to.audience) {
            alone_ = policyFor(peer());
            return alone_->isTold() ? &*alone_ : nullptr;
        }
        if (verdicts_.size() <= *to.audience) verdicts_.resize(*to.audience + 1);
        auto& verdict = verdicts_[*to.audience];
        if (!verdict) verdict = policyFor(peer(), isOwnHop(to) ? &hopOf(to) : nullptr);
        return verdict->isTold() ? &*verdict : nullptr;
    }

    /// By that verdict, the next hop included.
    Wish wishOf(const Listener& to, const ExportVerdict& verdict) const {
        if (!to.audience) return {0, verdict.attributes, verdict.nextHop};
        return {0, verdict.attributes, isOwnHop(to) ? hopOf(to) : hopFor(process_.peers_.at(to.peer))};
    }

    /// This router itself is the next hop, as nearly always.
    bool isOwnHop(const Listener& to) const {
        return to.isPlain && !(to.isOnNetwork && to.network.contains(from_.value.address));
    }

  private:
    const BgpNextHop& hopOf(const Listener& to) const { return process_.nextHops_[to.ownHop].value; }
    ExportVerdict policyFor(const Peer& to, const BgpNextHop* hop = nullptr) const {
        return process_.applyExportPolicy(env_, to, prefix_.family(), prefix_, path_, Reasons::No, hop);
    }
    BgpNextHop hopFor(const Peer& to) const {
        return process_.nextHopFor(env_, to, prefix_.family(), path_, false);
    }

    const BgpProcess& process_;
    const Env& env_;
    const Prefix& prefix_;
    const Path& path_;
    const NextHopTable::Entry& from_;
    bool isPlain_ = false;
    bool mayLeave_ = false;
    SmallVector<std::optional<ExportVerdict>, 4> verdicts_;  ///< by audience
    std::optional<ExportVerdict> alone_;                     ///< of one that is in none
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

/// The neighbours that can be told at once and are to hear something, in order, with what they are to hear.
std::vector<BgpProcess::PeerNews> BgpProcess::gatherNews(Step& step, Family family,
                                                         const PendingPrefixes::Items& news) {
    std::vector<PeerNews> told;
    if (news.empty()) return told;
    if (isDeferring(family)) {
        for (Listener& listener : listeners_[family])
            listener.hearsAtOnce = false;
        return told;
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
    auto& advertised = destination->advertised;
    SmallVector<Advertised, 8> added;
    // Everything is in the order of the neighbours.
    std::size_t at = 0;
    std::size_t place = 0;
    const auto newsOf = [&](PeerId peer) -> PeerNews& {
        while (place < told.size() && told[place].peer < peer)
            ++place;
        if (place < told.size() && told[place].peer == peer) return told[place];
        peers_.at(peer).prefetchForSending(family);
        return *told.emplace(told.begin() + static_cast<std::ptrdiff_t>(place), peer);
    };
    bool hasGone = false;
    for (const Listener& listener : listeners_[family]) {
        if (!listener.hearsAtOnce) continue;
        while (at < advertised.size() && advertised[at].peer < listener.peer)
            ++at;
        Advertised* before =
            at < advertised.size() && advertised[at].peer == listener.peer ? &advertised[at] : nullptr;
        const ExportVerdict* verdict = memo ? memo->verdictFor(listener) : nullptr;
        if (verdict == nullptr) {
            if (before == nullptr) continue;
            newsOf(listener.peer).withdrawn.push_back({item.prefix, before->pathId});
            nextHops_.release(before->nextHop);
            before->peer = PeerId::none();
            ++at;
            hasGone = true;
            --peers_.at(listener.peer).families[family].sent;
            continue;
        }
        const bool keepsHop =
            before != nullptr && before->nextHop == listener.ownHop && memo->isOwnHop(listener);
        if (keepsHop && before->attributes == verdict->attributes) continue;
        const Wish wish = memo->wishOf(listener, *verdict);
        const Nlri nlri{item.prefix, wish.pathId};
        if (before == nullptr) {
            newsOf(listener.peer).announce(nlri, wish);
            added.push_back({listener.peer, wish.pathId, nextHops_.acquire(wish.nextHop, {}, listener.ownHop),
                             wish.attributes});
            ++peers_.at(listener.peer).families[family].sent;
            continue;
        }
        const bool hasNewHop = !keepsHop && !(nextHops_[before->nextHop].value == wish.nextHop);
        if (!hasNewHop && before->attributes == wish.attributes) continue;
        newsOf(listener.peer).announce(nlri, wish);
        before->attributes = wish.attributes;
        if (!hasNewHop) continue;
        const NextHopId hop = nextHops_.acquire(wish.nextHop, {}, listener.ownHop);
        nextHops_.release(std::exchange(before->nextHop, hop));
    }
    if (hasGone) erase_if(advertised, [](const Advertised& one) { return !one.peer.isSome(); });
    if (!added.empty()) {
        const auto middle = std::ssize(advertised);
        advertised.insert(advertised.end(), std::make_move_iterator(added.begin()),
                          std::make_move_iterator(added.end()));
        std::ranges::inplace_merge(advertised, advertised.begin() + middle, {}, &Advertised::peer);
    }
    if (destination->isOver()) tables_[family].erase(item.prefix);
}

/// For a neighbour that is told later, or together with other things.
void BgpProcess::keepNews(Family family, const PendingPrefixes::Items& news, Peer& peer) {
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
