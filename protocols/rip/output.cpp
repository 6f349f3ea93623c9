/// Requests, regular and triggered updates: to whom, from which address, in how many messages.
#include <algorithm>
#include <tuple>
#include <utility>

#include <boost/container/static_vector.hpp>

#include "protocols/rip/output_rules.hpp"

namespace peerscape::rip {
namespace {

/// IPv6 and UDP headers before a RIPng message (RFC 2080, 2.1: as many entries as the MTU holds).
constexpr std::size_t kHeadersBefore6 = 48;
constexpr std::size_t kMostBytes6 = 1500;
/// Of any message.
constexpr std::size_t kMostEntries = (kMostBytes6 - kHeadersBefore6 - kHeaderSize) / kEntrySize;
static_assert(kMostEntries >= kMostEntries4);

std::size_t mostEntries(Family family, const InterfaceState& interface, AuthenticationMode mode) {
    if (family == Family::IPv6) {
        const std::size_t mtu = std::min<std::size_t>(interface.mtu, kMostBytes6);
        return mtu < kHeadersBefore6 + kHeaderSize + 2 * kEntrySize
                   ? 2
                   : (mtu - kHeadersBefore6 - kHeaderSize) / kEntrySize;
    }
    switch (mode) {
        case AuthenticationMode::None:
            return kMostEntries4;
        case AuthenticationMode::Text:
            return kMostEntries4 - 1;
        case AuthenticationMode::Md5:
            return kMostEntries4 - 2;
    }
    return kMostEntries4;
}

SendDatagram multicast(Family family, const InterfaceState& interface) {
    SendDatagram envelope;
    envelope.interface = interface.id;
    if (family == Family::IPv6) envelope.source = interface.linkLocal;
    envelope.destination = groupOf(family);
    envelope.sourcePort = envelope.destinationPort = portOf(family);
    // RFC 2080, 2.4.2: a hop limit of 255 proves that no router lies between.
    envelope.ttl = family == Family::IPv4 ? 1 : 255;
    return envelope;
}

/// The IPv4 addresses that RIP speaks from: the first of each network of the interface.
std::vector<const InterfaceAddress*> speakingAddresses(const InterfaceState& interface) {
    std::vector<const InterfaceAddress*> speaking;
    for (const auto& address : interface.addresses) {
        if (!address.address.isV4()) continue;
        const bool isSecond =
            std::ranges::any_of(speaking, [&](const auto* a) { return a->network() == address.network(); });
        if (!isSecond) speaking.push_back(&address);
    }
    return speaking;
}

/// Where a message of that version goes from the address; none when there is no broadcast address.
std::optional<SendDatagram> envelopeFrom(const InterfaceState& interface, const InterfaceAddress& address,
                                         std::uint8_t version, bool isBroadcast) {
    SendDatagram envelope = multicast(Family::IPv4, interface);
    envelope.source = address.address;
    if (version == 2 && !isBroadcast) return envelope;
    const auto broadcast = address.broadcast();
    if (!broadcast) return std::nullopt;
    envelope.destination = *broadcast;
    return envelope;
}

}  // namespace

/// Collects entries into messages. RIPng's routes with a next hop come last, by next hop, so that each is
/// named once.
class RipProcess::MessageWriter {
  public:
    MessageWriter(RipProcess& process, Step& step, const InterfaceState& interface, SendDatagram envelope,
                  std::uint8_t version)
        : process_(process),
          step_(step),
          interface_(interface),
          envelope_(std::move(envelope)),
          version_(version) {
        most_ = mostEntries(process.family(), interface,
                            process.config().interface(interface.name).authentication);
    }

    void add(const RipEntry& entry) {
        if (process_.family() == Family::IPv6 && !entry.nextHop.isUnspecified()) {
            withNextHop_.push_back(entry);
        } else {
            write(entry, 1);
        }
    }
    void finish() {
        const auto rank = [](const RipEntry& e) { return std::tie(e.nextHop, e.prefix); };
        std::ranges::sort(withNextHop_, [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
        IpAddress last = IpAddress::any(Family::IPv6);
        for (const RipEntry& entry : withNextHop_) {
            // Each message starts anew, and a next hop does not stand at a message's end.
            const bool isNamed = !entries_.empty() && entry.nextHop == last;
            if (!isNamed && size_ + 2 > most_) flush();
            write(entry, isNamed ? 1 : 2);
            last = entry.nextHop;
        }
        flush();
    }

  private:
    void write(const RipEntry& entry, std::size_t size) {
        entries_.push_back(entry);
        size_ += size;
        if (size_ >= most_) flush();
    }
    void flush() {
        if (entries_.empty()) return;
        RipContent content;
        content.family = process_.family();
        content.version = version_;
        content.entries.assign(entries_.begin(), entries_.end());
        entries_.clear();
        size_ = 0;
        process_.sendContent(step_, interface_, std::move(content), envelope_);
    }

    RipProcess& process_;
    Step& step_;
    const InterfaceState& interface_;
    SendDatagram envelope_;
    std::uint8_t version_;
    /// Of the next message; its memory serves all messages of an update.
    boost::container::static_vector<RipEntry, kMostEntries> entries_;
    std::vector<RipEntry> withNextHop_;
    std::size_t most_ = 0;
    std::size_t size_ = 0;
};

void RipProcess::sendContent(Step& step, const InterfaceState& interface, RipContent content,
                             SendDatagram envelope) {
    const InterfaceSettings& settings = config_->interface(interface.name);
    if (family() == Family::IPv4 && content.version == 2 &&
        settings.authentication != AuthenticationMode::None) {
        const auto& keys = filters().keys(settings.keyChain);
        const bool hasKey = !keys.empty();
        const std::string& secret = hasKey ? keys.begin()->second : settings.authenticationString;
        // Without a secret nothing is sent: an empty one would look like protection.
        if (secret.empty()) return;
        Authentication& authentication = content.authentication.emplace();
        if (settings.authentication == AuthenticationMode::Text) {
            std::copy_n(secret.begin(), std::min<std::size_t>(secret.size(), 16),
                        authentication.password.begin());
        } else {
            authentication.type = Authentication::kKeyedDigest;
            authentication.keyId = hasKey ? static_cast<std::uint8_t>(keys.begin()->first) : std::uint8_t{1};
            authentication.dataLength = settings.countsRfcLength ? 16 : 20;
            authentication.sequence = ++sequence_;
            content = withDigest(std::move(content), secret);
        }
    }
    envelope.payload = Payload(makePooled<RipMessage>(std::move(content)));
    step.out.add(std::move(envelope));
}

void RipProcess::sendRequest(Step& step, const InterfaceState& interface) {
    RipContent request;
    request.family = family();
    request.command = Command::Request;
    request.asksForAll = true;
    const auto send = [&](SendDatagram envelope, std::uint8_t version) {
        request.version = version;
        // FRR does not authenticate its requests; neighbours that demand it answer with their next update.
        envelope.payload = Payload(makePooled<RipMessage>(request));
        step.out.add(std::move(envelope));
    };
    if (family() == Family::IPv6) return send(multicast(family(), interface), 1);
    const Versions versions = config_->sendVersions(interface.name);
    for (const auto* address : speakingAddresses(interface)) {
        const auto old = envelopeFrom(interface, *address, 1, true);
        if (versions.v1 && old) send(*old, 1);
        if (versions.v2) send(*envelopeFrom(interface, *address, 2, false), 2);
    }
}

void RipProcess::sendToAll(Step& step, Positions positions, bool isFull) {
    for (const InterfaceState& interface : step.env.interfaces) {
        if (isActive(interface)) sendOn(step, interface, positions, isFull);
    }
    if (family() == Family::IPv4) sendToNeighbors(step, positions, isFull);
}

void RipProcess::sendOn(Step& step, const InterfaceState& interface, Positions positions, bool isFull) {
    if (family() == Family::IPv6) {
        MessageWriter writer(*this, step, interface, multicast(family(), interface), 1);
        return sendRoutes(step, outputRules(interface, 1), positions, isFull, writer);
    }
    const Versions versions = config_->sendVersions(interface.name);
    const bool isBroadcast = config_->interface(interface.name).v2Broadcast;
    for (const auto* address : speakingAddresses(interface)) {
        for (const std::uint8_t version : {std::uint8_t{1}, std::uint8_t{2}}) {
            if (version == 1 ? !versions.v1 : !versions.v2) continue;
            auto envelope = envelopeFrom(interface, *address, version, isBroadcast);
            if (!envelope) continue;
            OutputRules rules = outputRules(interface, version);
            if (version == 1) rules.source = address;
            MessageWriter writer(*this, step, interface, std::move(*envelope), version);
            sendRoutes(step, rules, positions, isFull, writer);
        }
    }
}

/// `neighbor A.B.C.D`: unicast updates, also where the interface is passive or has no RIP of its own.
void RipProcess::sendToNeighbors(Step& step, Positions positions, bool isFull) {
    for (const IpAddress& neighbor : config_->neighbors) {
        for (const InterfaceState& interface : step.env.interfaces) {
            const auto* address = interface.addressFacing(neighbor);
            if (address == nullptr || !interface.isUp()) continue;
            const std::uint8_t version = config_->versions.value_or(Versions{.v2 = true}).v2 ? 2 : 1;
            SendDatagram envelope = multicast(Family::IPv4, interface);
            envelope.source = address->address;
            envelope.destination = neighbor;
            envelope.ttl = 64;
            OutputRules rules = outputRules(interface, version);
            if (version == 1) rules.source = address;
            MessageWriter writer(*this, step, interface, std::move(envelope), version);
            sendRoutes(step, rules, positions, isFull, writer);
            break;
        }
    }
}

void RipProcess::sendTableTo(Step& step, const InterfaceState& interface, const SendDatagram& envelope,
                             std::uint8_t version) {
    OutputRules rules = outputRules(interface, version);
    if (family() == Family::IPv4 && version == 1)
        rules.source = interface.addressFacing(envelope.destination);
    MessageWriter writer(*this, step, interface, envelope, version);
    sendRoutes(step, rules, table_.routes().sorted(), true, writer);
}

void RipProcess::sendRoutes(Step& step, const OutputRules& rules, Positions positions, bool isFull,
                            MessageWriter& writer) {
    RipEntry entry;
    const bool hasAggregates = !config_->aggregates.empty();
    constexpr std::size_t kAhead = 4;
    for (std::size_t i = 0; i < positions.size(); ++i) {
        if (i + kAhead < positions.size()) table_.routes().prefetchAt(positions[i + kAhead]);
        const auto position = positions[i];
        const auto& [prefix, route] = table_.routes().at(position);
        if (hasAggregates && isSuppressed(prefix, route)) continue;
        if (makeEntry(step, rules, prefix, route, entry)) writer.add(entry);
    }
    if (isFull && hasAggregates) sendAggregates(step, rules, writer);
    writer.finish();
}

bool RipProcess::isSuppressed(const Prefix& prefix, const Route& route) const {
    if (route.metric.isInfinite()) return false;
    return std::ranges::any_of(config_->aggregates, [&](const Prefix& a) { return a.contains(prefix); });
}

/// An aggregate is sent with metric 1 in regular updates while a usable route lies in it.
void RipProcess::sendAggregates(Step& step, const OutputRules& rules, MessageWriter& writer) {
    for (const Prefix& aggregate : config_->aggregates) {
        const bool isInside = std::ranges::any_of(config_->aggregates, [&](const Prefix& other) {
            return other != aggregate && other.contains(aggregate);
        });
        const auto isUsed = [&](const auto& entry) {
            return aggregate.contains(entry.first) && !entry.second.metric.isInfinite();
        };
        if (isInside || std::ranges::none_of(table_.routes(), isUsed)) continue;
        Route route;
        route.metric = RipMetric::hops(1);
        route.origin = table_.intern({.protocol = ownProtocol(),
                                      .kind = RouteKind::Static,
                                      .from = IpAddress::any(family()),
                                      .gateway = IpAddress::any(family())});
        RipEntry entry;
        if (route.origin.isSome() && makeEntry(step, rules, aggregate, route, entry)) writer.add(entry);
    }
}

}  // namespace peerscape::rip
