/// Which datagrams RIP believes (RFC 2453, 3.9 and 4.1; RFC 2080, 2.4), and its answers to requests.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "protocols/rip/process.hpp"
#include "protocols/rip/reception.hpp"

namespace peerscape::rip {
namespace {

/// Class A, B or C and neither net 0 nor net 127; the default route is fine (RFC 2453, 3.9.2).
bool isDestination4(const IpAddress& address) {
    const std::uint32_t number = address.v4Number();
    const std::uint32_t net = number >> 24;
    return number == 0 || (net != 0 && net != 127 && net < 224);
}

/// RFC 2080, 2.4.2: no multicast prefix and no link-local address; nor the loopback address.
bool isDestination6(const IpAddress& address) {
    return !address.isMulticast() && !address.isLinkLocal() && !address.isLoopback();
}

/// A network whose mask is not told: that of the interface when it belongs to the same classful network, a
/// host when even that leaves bits over, otherwise the class's own. None when no mask fits.
std::optional<Prefix> guessNetwork(const IpAddress& address, const InterfaceAddress& ours) {
    const Prefix ourClass(ours.address, classfulLength(ours.address));
    if (ours.length > ourClass.length() && ourClass.contains(address)) {
        const Prefix subnet(address, ours.length);
        return subnet.address() == address ? subnet : Prefix::host(address);
    }
    const Prefix network(address, classfulLength(address));
    if (network.address() != address) return std::nullopt;
    return network;
}

bool isOwnAddress(const Env& env, const IpAddress& address) {
    return std::ranges::any_of(env.interfaces,
                               [&](const InterfaceState& i) { return i.hasAddress(address); });
}

/// The 16 characters of a password field, without the zeros behind them; none when zeros stand in the middle.
std::optional<std::string_view> passwordIn(const Digest& field) {
    const auto end = std::find(field.begin(), field.end(), 0);
    if (std::any_of(end, field.end(), [](auto byte) { return byte != 0; })) return std::nullopt;
    return std::string_view(reinterpret_cast<const char*>(field.data()),
                            static_cast<std::size_t>(end - field.begin()));
}

}  // namespace

void RipProcess::receive(Step& step, const DatagramReceived& datagram) {
    // Copies of our own multicasts must be ignored (RFC 2453, 3.9.2; RFC 2080, 2.4.2).
    if (isOwnAddress(step.env, datagram.source) || !isFromNeighbor(step, datagram)) return;
    RipContent decoded;
    const RipContent* content = nullptr;
    if (const auto* message = datagram.payload.as<RipMessage>()) {
        content = &message->content();
    } else {
        auto result = decode(family(), datagram.payload.bytes());
        if (!result) return refusePacket(step, datagram, result.error().message);
        decoded = std::move(*result);
        content = &decoded;
    }
    if (const auto why = refusal(step, datagram, *content)) return refusePacket(step, datagram, *why);
    if (content->command == Command::Request) {
        answerRequest(step, datagram, *content);
    } else {
        readResponse(step, datagram, *content);
    }
}

bool RipProcess::isFromNeighbor(Step& step, const DatagramReceived& datagram) {
    if (family() == Family::IPv6) return true;
    if (step.env.interface(datagram.interface).addressFacing(datagram.source) != nullptr) return true;
    step.out.note(fmt::format("RIP message from {} ignored: not on a network of {}",
                              toString(datagram.source), step.env.interface(datagram.interface).name),
                  Note::Level::Problem);
    return false;
}

std::optional<std::string> RipProcess::refusal(const Step& step, const DatagramReceived& datagram,
                                               const RipContent& content) const {
    const InterfaceState& interface = step.env.interface(datagram.interface);
    const bool isRunning = datagram.interface.value() < interfaces_.size() &&
                           interfaces_[datagram.interface.value()].activity == InterfaceActivity::Running;
    const bool isNamed = std::ranges::find(config_->neighbors, datagram.source) != config_->neighbors.end();
    if (!isRunning && !isNamed) return fmt::format("it does not run on {}", interface.name);
    if (content.family != family()) return "it is a message of the other address family";
    if (family() == Family::IPv4) {
        const Versions accepted = config_->receiveVersions(interface.name);
        if (content.version == 1 ? !accepted.v1 : !accepted.v2) {
            return fmt::format("version {} is not accepted on {}", content.version, interface.name);
        }
        if (auto why = refusalOfAuthentication(config_->interface(interface.name), datagram, content))
            return why;
    }
    if (content.command != Command::Response) return std::nullopt;
    if (datagram.sourcePort != portOf(family())) {
        return fmt::format("a response from port {} instead of {}", datagram.sourcePort, portOf(family()));
    }
    if (family() == Family::IPv6 && !datagram.source.isLinkLocal())
        return "its source is not a link-local address";
    if (family() == Family::IPv6 && datagram.ttl != 255) {
        return fmt::format("its hop limit is {} instead of 255", datagram.ttl);
    }
    return std::nullopt;
}

/// RFC 2453, 5.2: without authentication configured, authenticated messages are discarded; with it, all but
/// those that pass. Requests of RIPv1 are answered all the same, since they give nothing away that is not
/// broadcast anyway.
std::optional<std::string> RipProcess::refusalOfAuthentication(const InterfaceSettings& settings,
                                                               const DatagramReceived& datagram,
                                                               const RipContent& content) const {
    if (settings.authentication == AuthenticationMode::None) {
        if (content.authentication) return "it is authenticated, which is not configured here";
        return std::nullopt;
    }
    if (content.version == 1) {
        if (content.command == Command::Request) return std::nullopt;
        return "RIPv1 cannot be authenticated";
    }
    if (!content.authentication) return "it is not authenticated";
    const Authentication& shown = *content.authentication;
    const bool hasChain = !settings.keyChain.empty();
    const auto& keys = filters().keys(settings.keyChain);
    if (settings.authentication == AuthenticationMode::Text) {
        const auto password = passwordIn(shown.password);
        if (shown.type != Authentication::kPassword || !password) return "it has no password";
        const auto matches = [&](std::string_view secret) {
            return !secret.empty() && secret.substr(0, 16) == *password;
        };
        if (matches(settings.authenticationString)) return std::nullopt;
        if (hasChain && std::ranges::any_of(keys, [&](const auto& key) { return matches(key.second); }))
            return std::nullopt;
        return "its password is wrong";
    }
    if (shown.type != Authentication::kKeyedDigest) return "it has no digest";
    if (shown.dataLength != 16 && shown.dataLength != 20) {
        return fmt::format("its digest is said to have {} bytes", shown.dataLength);
    }
    std::string secret = settings.authenticationString;
    if (hasChain) {
        // The key of that number or the next higher one, as FRR looks it up.
        const auto key = keys.lower_bound(shown.keyId);
        if (key == keys.end()) return fmt::format("there is no key {}", shown.keyId);
        secret = key->second;
    }
    if (secret.empty() || !hasValidDigest(datagram.payload.bytes(), secret)) return "its digest is wrong";
    return std::nullopt;
}

void RipProcess::answerRequest(Step& step, const DatagramReceived& datagram, const RipContent& request) {
    const InterfaceState& interface = step.env.interface(datagram.interface);
    if (!isActive(interface)) return;
    peer(datagram.source, step.env.now);
    SendDatagram envelope;
    envelope.interface = interface.id;
    if (family() == Family::IPv4) {
        envelope.source = interface.addressFacing(datagram.source)->address;
    } else {
        envelope.source = interface.linkLocal;
    }
    envelope.destination = datagram.source;
    envelope.sourcePort = portOf(family());
    envelope.destinationPort = datagram.sourcePort;
    envelope.ttl = family() == Family::IPv4 ? 64 : 255;
    if (request.asksForAll) return sendTableTo(step, interface, envelope, request.version);
    // RFC 2453, 3.9.1: a request without entries gets no answer; otherwise each entry gets its metric filled
    // in, without split horizon, since such requests are for diagnosis.
    if (request.entries.empty()) return;
    RipContent response;
    response.family = family();
    response.version = request.version;
    response.entries = request.entries;
    for (RipEntry& entry : response.entries) {
        const Route* route = table_.find(entry.prefix);
        entry.metric = route != nullptr ? route->metric.value() : RipMetric::kInfinity;
    }
    sendContent(step, interface, std::move(response), envelope);
}

void RipProcess::readResponse(Step& step, const DatagramReceived& datagram, const RipContent& response) {
    const InterfaceState& interface = step.env.interface(datagram.interface);
    Peer& neighbor = peer(datagram.source, step.env.now);
    Reception reception = receptionOf(interface, datagram.source);
    std::size_t refused = response.badEntries.size();
    std::string_view reason = refused != 0 ? toString(response.badEntries.front().fault) : std::string_view();
    const auto refuse = [&](std::string_view why) {
        if (refused++ == 0) reason = why;
    };
    constexpr std::size_t kAhead = 4;
    const std::span entries(response.entries);
    for (const RipEntry& entry : entries.first(std::min(kAhead, entries.size())))
        table_.prefetch(entry.prefix);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const RipEntry& entry = entries[i];
        if (!reception.isInOrder && i + kAhead < entries.size()) table_.prefetch(entries[i + kAhead].prefix);
        const IpAddress& address = entry.prefix.address();
        if (family() == Family::IPv4 ? !isDestination4(address) : !isDestination6(address)) {
            refuse("not a network that can be reached");
        } else if (entry.metric < 1 || entry.metric > RipMetric::kInfinity) {
            refuse("the metric is not between 1 and 16");
        } else if (response.version == 1 && !entry.nextHop.isUnspecified() && family() == Family::IPv4) {
            refuse("RIPv1 has no next hop");
        } else if (entry.nextHop.isMulticast()) {
            refuse("the next hop is a multicast address");
        } else if (entry.lacksMask) {
            RipEntry guessed = entry;
            const auto network = guessNetwork(address, *interface.addressFacing(datagram.source));
            if (!network) continue;
            guessed.prefix = *network;
            learn(step, reception, guessed);
        } else {
            learn(step, reception, entry);
        }
    }
    if (refused == 0) return;
    neighbor.badRoutes += static_cast<std::uint32_t>(refused);
    step.out.note(
        fmt::format("{} of the routes from {} refused: {}", refused, toString(datagram.source), reason),
        Note::Level::Problem);
}

Peer& RipProcess::peer(const IpAddress& address, SimTime now) {
    auto place = std::ranges::lower_bound(peers_, address, {}, &Peer::address);
    if (place == peers_.end() || place->address != address) {
        std::erase_if(peers_, [&](const Peer& p) { return p.lastHeard + kPeerLifetime <= now; });
        place = std::ranges::lower_bound(peers_, address, {}, &Peer::address);
        place = peers_.insert(place, Peer{.address = address});
    } else if (place->lastHeard + kPeerLifetime <= now) {
        *place = Peer{.address = address};
    }
    place->lastHeard = now;
    return *place;
}

void RipProcess::refusePacket(Step& step, const DatagramReceived& datagram, std::string_view why) {
    ++peer(datagram.source, step.env.now).badPackets;
    step.out.note(fmt::format("{} message from {} refused: {}", family() == Family::IPv4 ? "RIP" : "RIPng",
                              toString(datagram.source), why),
                  Note::Level::Problem);
}

}  // namespace peerscape::rip
