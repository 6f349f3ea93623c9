// Telling neighbours: what has changed waits in their queues until the advertisement interval is over, and
// only the newest state of a destination is told (RFC 4271 section 9.2).
#include <algorithm>
#include <utility>

#include "engine/base/block_pool.hpp"
#include "protocols/bgp/peer_news.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/bgp/update_payload.hpp"

namespace peerscape::bgp {
namespace {

auto placeOf(SmallVector<Advertised, 0>& advertised, PeerId peer) {
    return std::ranges::lower_bound(advertised, peer, {}, &Advertised::peer);
}

}  // namespace

void BgpProcess::enqueue(const Prefix& prefix, RecordId cause) {
    news_[prefix.family()].add(prefix, cause);
    isFlushDue_ = true;
}

void BgpProcess::enqueueTable(Peer& peer, Family family, RecordId cause) {
    FamilyExchange& exchange = peer.families[family];
    if (peer.settings(family).defaultOriginate) exchange.pending.add(Prefix::defaultRoute(family), cause);
    for (const std::uint32_t position : tables_[family].sorted())
        exchange.pending.add(tables_[family].at(position).first, cause);
    holdNewsBack(peer, family);
    isFlushDue_ = true;
}

Duration BgpProcess::minimumInterval(const Peer& peer) const {
    return Duration::seconds(config().advertisementInterval(peer.config, peer.isInternal()));
}

/// In whole seconds, as configured, jittered as RFC 4271 section 10 asks.
Duration BgpProcess::advertisementInterval(const Peer& peer) {
    const Duration interval = minimumInterval(peer);
    if (interval == Duration() || !config().hasJitter()) return interval;
    return random_.between(interval * 3 / 4, interval);
}

/// Those for whom something has just been gathered, and those that have to wait, in the order of the
/// neighbours and both families of each together.
void BgpProcess::flushAll(Step& step) {
    const bool isDue = std::exchange(isFlushDue_, false);
    const bool isTimer = std::holds_alternative<Woken>(*step.input);
    if (!isDue && !isTimer) return;
    const PerFamily<PendingPrefixes::Items> news{news_.ipv4.take(), news_.ipv6.take()};
    PerFamily<std::vector<PeerNews>> told{gatherNews(step, Family::IPv4, news.ipv4),
                                          gatherNews(step, Family::IPv6, news.ipv6)};
    PerFamily<std::size_t> next;
    const std::vector<PeerId> concerned = concernedBy(told);
    for (const PeerId id : concerned)
        peers_.at(id).session.prefetchNegotiated();
    for (const PeerId id : concerned) {
        Peer& peer = peers_.at(id);
        bool hasWaited = false;
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            if (next[family] < told[family].size() && told[family][next[family]].peer == id) {
                step.out.because(news[family].back().cause);
                sendNews(step, peer, family, told[family][next[family]++]);
            } else {
                hasWaited = tellNews(step, peer, family, news[family]) || hasWaited;
            }
        }
        // Of the deadlines, telling at once moves only those of the session.
        if (hasWaited || peer.session.nextDeadline() < peer.wakeAt) noteDeadline(peer, step.env.now);
    }
    step.out.because(RecordId::none());
}

/// In their order.
std::vector<PeerId> BgpProcess::concernedBy(const PerFamily<std::vector<PeerNews>>& told) const {
    std::vector<PeerId> concerned;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        for (const PeerNews& news : told[family])
            concerned.push_back(news.peer);
        for (const Listener& listener : listeners_[family]) {
            if (!listener.hearsAtOnce) concerned.push_back(listener.peer);
        }
    }
    if (!std::ranges::is_sorted(concerned, std::ranges::less_equal())) {
        std::ranges::sort(concerned);
        const auto again = std::ranges::unique(concerned);
        concerned.erase(again.begin(), again.end());
    }
    return concerned;
}

/// A neighbour that has to wait: with what waits already, as soon as it may be told. True when anything is,
/// or still waits.
bool BgpProcess::tellNews(Step& step, Peer& peer, Family family, const PendingPrefixes::Items& news) {
    Listener* known = listener(peer.id, family);
    if (known == nullptr || known->hearsAtOnce) return false;
    FamilyExchange& exchange = peer.families[family];
    keepNews(family, news, peer);
    const bool isConcerned = !isDeferring(family) && (!exchange.pending.isEmpty() || exchange.owesEndOfRib);
    if (isConcerned) {
        const bool isHeldBack = exchange.notBefore > step.env.now;
        if (isHeldBack && !config().pacesWithdrawals) tellWithdrawalsNow(step, peer, family);
        if (!isHeldBack) flush(step, peer, family);
    }
    known->hearsAtOnce = hearsNewsAtOnce(peer, family, step.env.now);
    return isConcerned;
}

/// Without WRATE a withdrawal does not wait (RFC 4271 section 9.2.1.1).
void BgpProcess::tellWithdrawalsNow(Step& step, Peer& peer, Family family) {
    FamilyExchange& exchange = peer.families[family];
    PendingPrefixes::Items gone;
    for (const PendingPrefixes::Item& item : exchange.pending.items()) {
        if (wishesFor(step.env, peer, item.prefix, tables_[family].find(item.prefix)).empty())
            gone.push_back(item);
    }
    for (const PendingPrefixes::Item& item : gone)
        exchange.pending.remove(item.prefix);
    tell(step, peer, family, gone);
}

void BgpProcess::flush(Step& step, Peer& peer, Family family) {
    if (isDeferring(family)) return;
    FamilyExchange& exchange = peer.families[family];
    bool isPaced = tell(step, peer, family, exchange.pending.take());
    const auto& most = peer.settings(family).maximumPrefixOut;
    if (exchange.hasHeldBack && most && exchange.sent < most->limit) {
        // What had no room before may have some now.
        exchange.hasHeldBack = false;
        enqueueTable(peer, family, step.env.cause);
        isPaced = tell(step, peer, family, exchange.pending.take()) || isPaced;
    }
    if (isPaced) exchange.notBefore = step.env.now + advertisementInterval(peer);
    if (!std::exchange(exchange.owesEndOfRib, false)) return;
    exchange.hasSentEndOfRib = true;
    sendUpdate(step, peer, UpdateMessage::endOfRib(family));
}

/// True when the advertisement interval begins anew: something was announced or, with WRATE, withdrawn.
bool BgpProcess::tell(Step& step, Peer& peer, Family family, const PendingPrefixes::Items& items) {
    PeerNews news(peer.id);
    for (const PendingPrefixes::Item& item : items) {
        step.out.because(item.cause);
        compare(step, peer, item.prefix, news.withdrawn,
                [&](const Wish& wish) { news.announce({item.prefix, wish.pathId}, wish); });
    }
    const bool isPaced = !news.bundles.empty() || (config().pacesWithdrawals && !news.withdrawn.empty());
    sendNews(step, peer, family, news);
    return isPaced;
}

void BgpProcess::sendNews(Step& step, Peer& peer, Family family, PeerNews& news) {
    const bool isClassic = family == Family::IPv4;
    if (!news.withdrawn.empty()) {
        UpdateMessage update;
        UpdateMessage::Unreachable& group = update.withdrawn.emplace_back();
        group.family = family;
        group.isMultiprotocol = !isClassic;
        group.prefixes = std::move(news.withdrawn);
        sendUpdate(step, peer, std::move(update));
    }
    for (PeerNews::Bundle& bundle : news.bundles) {
        UpdateMessage update;
        UpdateMessage::Reachable& group = update.announced.emplace_back();
        group.family = family;
        group.isMultiprotocol = !isClassic || bundle.nextHop.address.isV6();
        group.nextHop = bundle.nextHop;
        group.prefixes = std::move(bundle.prefixes);
        update.attributes = std::move(bundle.attributes);
        sendUpdate(step, peer, std::move(update));
    }
}

/// What the neighbour has of the prefix against what it is to have: differences are noted in the table and
/// handed on.
template <typename Announce>
void BgpProcess::compare(Step& step, Peer& peer, const Prefix& prefix, NlriList& withdrawn,
                         Announce announce) {
    const Family family = prefix.family();
    FamilyExchange& exchange = peer.families[family];
    std::vector<Wish> wishes = wishesFor(step.env, peer, prefix, tables_[family].find(prefix));
    if (wishes.empty() && tables_[family].find(prefix) == nullptr) return;
    Destination& destination = tables_[family][prefix];
    const auto first = placeOf(destination.advertised, peer.id);
    const auto last = std::ranges::upper_bound(destination.advertised, peer.id, {}, &Advertised::peer);
    SmallVector<Advertised, 0> before(std::make_move_iterator(first), std::make_move_iterator(last));
    auto place = destination.advertised.erase(first, last);
    const auto& most = peer.settings(family).maximumPrefixOut;
    if (most && before.empty() && !wishes.empty() && exchange.sent >= most->limit) {
        wishes.clear();
        exchange.hasHeldBack = true;
    }
    if (!before.empty()) --exchange.sent;
    if (!wishes.empty()) ++exchange.sent;
    for (const Wish& wish : wishes) {
        const auto known = std::ranges::find(before, wish.pathId, &Advertised::pathId);
        const bool isNews = known == before.end() || !(nextHops_[known->nextHop].value == wish.nextHop) ||
                            !(known->attributes == wish.attributes);
        Advertised told{peer.id, wish.pathId, nextHops_.acquire(wish.nextHop), wish.attributes};
        place = std::next(destination.advertised.insert(place, std::move(told)));
        if (isNews) announce(wish);
        if (known != before.end()) {
            nextHops_.release(known->nextHop);
            before.erase(known);
        }
    }
    for (const Advertised& gone : before) {
        withdrawn.push_back({prefix, gone.pathId});
        nextHops_.release(gone.nextHop);
    }
    if (destination.isOver()) tables_[family].erase(prefix);
}

void BgpProcess::sendUpdate(Step& step, Peer& peer, UpdateMessage&& update) {
    const auto send = [&](UpdateMessage&& message) {
        step.out.add(SendStream{peer.session.stream(),
                                Payload(makePooled<UpdatePayload>(std::move(message), peer.wire))});
    };
    if (surelyFits(update)) {
        send(std::move(update));
        return peer.session.updatesSent(step.env.now, 1);
    }
    SplitUpdate parts = splitToFit(std::move(update), peer.wire);
    for (UpdateMessage& part : parts.messages)
        send(std::move(part));
    peer.session.updatesSent(step.env.now, parts.messages.size());
}

/// The session is over: the neighbour has nothing from us any more.
void BgpProcess::forgetAdvertised(Peer& peer, Family family) {
    if (peer.families[family].sent == 0) return;
    peer.families[family].sent = 0;
    std::vector<Prefix> concerned;
    for (const auto& [prefix, destination] : tables_[family]) {
        if (std::ranges::binary_search(destination.advertised, peer.id, {}, &Advertised::peer))
            concerned.push_back(prefix);
    }
    for (const Prefix& prefix : concerned) {
        Destination& destination = *tables_[family].edit(prefix);
        erase_if(destination.advertised, [&](const Advertised& told) {
            if (told.peer != peer.id) return false;
            nextHops_.release(told.nextHop);
            return true;
        });
        if (destination.isOver()) tables_[family].erase(prefix);
    }
}

}  // namespace peerscape::bgp
