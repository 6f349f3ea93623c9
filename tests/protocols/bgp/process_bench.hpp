#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "protocols/bgp/process.hpp"
#include "tests/protocols/bgp/helpers.hpp"

/// One BGP process alone, and neighbours that the test plays message by message.
namespace peerscape::bgp::test {

/// What a played neighbour is. It opens the connection itself.
struct SoleSpeaker {
    IpAddress address;
    std::uint32_t number = 65002;
    Capabilities capabilities;  ///< the number is added
    StreamId stream;
    bool isClosed = false;          ///< by the process
    std::vector<BgpMessage> heard;  ///< of this connection
    std::vector<SimTime> heardAt;
};

/// R1, AS 65001, with eth0 10.0.12.1/24 and eth1 10.0.13.1/24.
class ProcessBench {
  public:
    ProcessBench() {
        addInterface("eth0", "10.0.12.1/24");
        addInterface("eth1", "10.0.13.1/24");
        config.number = Asn::number(65001);
        config.requiresEbgpPolicy = false;
        config.checksImport = false;
    }

    NeighborConfig& neighbor(std::string_view address, std::uint32_t number = 65002) {
        NeighborConfig& made = config.neighbors[ip(address)];
        made.settings.remoteAs = RemoteAs{RemoteAs::Kind::Number, Asn::number(number)};
        return made;
    }
    static SoleSpeaker speaker(std::string_view address, std::uint32_t number = 65002) {
        SoleSpeaker made;
        made.address = ip(address);
        made.number = number;
        made.capabilities.families = {Family::IPv4};
        made.capabilities.hasRouteRefresh = true;
        made.capabilities.fourOctetAs = Asn::number(number);
        return made;
    }

    void start() {
        process = std::make_unique<BgpProcess>(wrapped(), RandomStream(seed, "R1", "bgp"));
        handle(Started{});
    }
    /// With what `config` says now.
    void reconfigure() { handle(Configured{wrapped()}); }

    /// The connection is up; false when the process closes it at once.
    bool connect(SoleSpeaker& speaker) {
        speaker.stream = StreamId(nextStream_++);
        speaker.isClosed = false;
        speaker.heard.clear();
        speaker.heardAt.clear();
        speakers_[speaker.stream] = &speaker;
        const std::string local = speaker.address == ip("10.0.13.3") ? "10.0.13.1" : "10.0.12.1";
        handle(StreamAccepted{speaker.stream, ip(local), speaker.address, 179, 50000, 255});
        return !speaker.isClosed;
    }
    void establish(SoleSpeaker& speaker) {
        if (!connect(speaker)) throw std::runtime_error("the connection was refused");
        OpenMessage open;
        open.myAs = static_cast<std::uint16_t>(speaker.number);
        open.identifier = RouterId(speaker.address.v4Number());
        open.capabilities = speaker.capabilities;
        say(speaker, open);
        say(speaker, KeepaliveMessage{});
        if (!isEstablished(speaker)) throw std::runtime_error("the session did not come up");
    }
    void say(SoleSpeaker& speaker, const BgpMessage& message) {
        sayBytes(speaker, encode(message, optionsTowards(speaker)));
    }
    void sayBytes(SoleSpeaker& speaker, Bytes bytes) {
        handle(StreamReceived{speaker.stream, std::move(bytes)});
    }
    void close(SoleSpeaker& speaker, StreamEnd why = StreamEnd::ClosedByPeer) {
        handle(StreamClosed{speaker.stream, why, ""});
    }
    void announce(SoleSpeaker& speaker, const std::vector<std::string>& prefixes,
                  std::vector<std::uint32_t> path = {}) {
        UpdateMessage update;
        if (path.empty()) path = {speaker.number};
        update.attributes.edit().origin = Origin::Igp;
        update.attributes.edit().asPath = AsPath::sequence(path);
        update.announced.push_back({Family::IPv4, false, {speaker.address, std::nullopt}, nlri(prefixes)});
        say(speaker, update);
    }
    void withdraw(SoleSpeaker& speaker, const std::vector<std::string>& prefixes) {
        UpdateMessage update;
        update.withdrawn.push_back({Family::IPv4, false, nlri(prefixes)});
        say(speaker, update);
    }
    void refresh(SoleSpeaker& speaker, RouteRefreshMessage::Kind kind) {
        say(speaker, RouteRefreshMessage{Family::IPv4, kind});
    }

    void handle(const Input& input) {
        Outbox out;
        const Env env{.now = now,
                      .cause = RecordId(++steps_),
                      .hostname = "R1",
                      .interfaces = interfaces,
                      .rib = nullptr};
        process->handle(env, input, out);
        for (const Effect& effect : out.effects())
            carryOut(effect.action);
        // Every next hop lies on a connected network.
        for (const IpAddress& address : std::exchange(wantedHops_, {})) {
            NextHopState state;
            state.address = address;
            state.isReachable = true;
            state.protocol = kConnected;
            handle(NextHopsChanged{{state}});
        }
    }
    /// Wakes the process whenever it wants; `alive` say KEEPALIVE every 30 s meanwhile.
    void run(Duration time, const std::vector<SoleSpeaker*>& alive = {}) {
        const SimTime end = now + time;
        SimTime nextAlive = now + Duration::seconds(30);
        while (true) {
            const SimTime next = std::min(process->nextDeadline(), alive.empty() ? end : nextAlive);
            if (next >= end) break;
            now = std::max(now, next);
            if (!alive.empty() && nextAlive <= now) {
                for (SoleSpeaker* one : alive)
                    say(*one, KeepaliveMessage{});
                nextAlive = nextAlive + Duration::seconds(30);
            } else {
                handle(Woken{});
            }
        }
        now = end;
    }

    const Peer* peer(const SoleSpeaker& speaker) const { return process->peerAt(speaker.address); }
    bool isEstablished(const SoleSpeaker& speaker) const {
        return peer(speaker) != nullptr && peer(speaker)->session.stream() == speaker.stream &&
               peer(speaker)->session.isEstablished();
    }
    const Destination* destination(std::string_view prefix) const {
        return process->table(Family::IPv4).find(net(prefix));
    }
    /// AS paths, in the order of their arrival.
    std::vector<std::string> paths(std::string_view prefix) const {
        std::vector<std::string> found;
        const Destination* known = destination(prefix);
        if (known == nullptr) return found;
        for (const Path& path : known->paths)
            found.push_back(path.attributes->asPath->text() + (path.isStale ? " stale" : ""));
        return found;
    }
    /// "+10.1.0.0/16 65001 65002", "-10.1.0.0/16", "end", "refresh", "begin refresh", "end refresh",
    /// "NOTIFICATION …": everything but OPEN and KEEPALIVE since the session began.
    static std::vector<std::string> told(const SoleSpeaker& speaker) {
        std::vector<std::string> lines;
        for (const BgpMessage& message : speaker.heard)
            addLines(message, lines);
        return lines;
    }
    bool wasNoted(std::string_view part) const {
        return std::ranges::any_of(notes, [&](const auto& n) { return n.find(part) != std::string::npos; });
    }
    bool isInRib(std::string_view prefix) const { return rib.contains(net(prefix)); }

    SimTime now = SimTime::start();
    std::uint64_t seed = 1;
    BgpConfig config;
    std::shared_ptr<const SharedPolicy> policy;
    std::vector<InterfaceState> interfaces;
    std::unique_ptr<BgpProcess> process;
    std::map<Prefix, RouteOffer> rib;
    std::vector<std::string> notes;
    std::vector<OpenStream> opens;
    std::vector<SetStreamTtl> ttls;
    std::vector<SetStreamKey> keys;

  private:
    std::shared_ptr<const BgpProcessConfig> wrapped() const {
        auto made = std::make_shared<BgpProcessConfig>();
        made->value = config;
        made->policy = policy;
        return made;
    }
    void addInterface(std::string name, std::string_view address) {
        InterfaceState state;
        state.id = InterfaceId(static_cast<std::uint16_t>(interfaces.size()));
        state.name = std::move(name);
        state.hasCarrier = true;
        state.addresses.push_back(*InterfaceAddress::parse(address));
        interfaces.push_back(state);
    }
    static NlriList nlri(const std::vector<std::string>& prefixes) {
        NlriList made;
        for (const std::string& prefix : prefixes)
            made.push_back({net(prefix), 0});
        return made;
    }
    WireOptions optionsTowards(const SoleSpeaker& speaker) const {
        const Peer* known = peer(speaker);
        return known != nullptr && known->session.isEstablished() ? known->wire.mirrored() : WireOptions{};
    }
    void carryOut(const EffectAction& action) {
        if (const auto* send = std::get_if<SendStream>(&action)) {
            const auto to = speakers_.find(send->stream);
            if (to == speakers_.end()) return;
            auto message = decode(send->payload.bytes(), optionsTowards(*to->second));
            if (!message || !message->message) throw std::runtime_error("the process has sent nonsense");
            to->second->heard.push_back(*message->message);
            to->second->heardAt.push_back(now);
        } else if (const auto* closed = std::get_if<CloseStream>(&action)) {
            const auto to = speakers_.find(closed->stream);
            if (to != speakers_.end()) to->second->isClosed = true;
        } else if (const auto* announced = std::get_if<Announce>(&action)) {
            rib[announced->offer.prefix] = announced->offer;
        } else if (const auto* withdrawn = std::get_if<Withdraw>(&action)) {
            rib.erase(withdrawn->prefix);
        } else if (const auto* note = std::get_if<Note>(&action)) {
            notes.push_back(note->remark->text());
        } else if (const auto* open = std::get_if<OpenStream>(&action)) {
            opens.push_back(*open);
        } else if (const auto* ttl = std::get_if<SetStreamTtl>(&action)) {
            ttls.push_back(*ttl);
        } else if (const auto* key = std::get_if<SetStreamKey>(&action)) {
            keys.push_back(*key);
        } else if (const auto* hop = std::get_if<TrackNextHop>(&action)) {
            if (hop->wanted) wantedHops_.push_back(hop->address);
        }
    }
    static void addLines(const BgpMessage& message, std::vector<std::string>& lines) {
        if (const auto* notification = std::get_if<NotificationMessage>(&message))
            lines.push_back("NOTIFICATION " + notification->text());
        if (const auto* refresh = std::get_if<RouteRefreshMessage>(&message)) {
            using Kind = RouteRefreshMessage::Kind;
            lines.push_back(refresh->kind == Kind::Request ? "refresh"
                            : refresh->kind == Kind::Begin ? "begin refresh"
                                                           : "end refresh");
        }
        const auto* update = std::get_if<UpdateMessage>(&message);
        if (update == nullptr) return;
        if (update->endOfRibFamily()) lines.push_back("end");
        for (const auto& part : update->withdrawn) {
            for (const Nlri& route : part.prefixes)
                lines.push_back("-" + toString(route.prefix));
        }
        for (const auto& part : update->announced) {
            for (const Nlri& route : part.prefixes)
                lines.push_back("+" + toString(route.prefix) + " " + update->attributes->asPath->text());
        }
    }

    std::uint64_t steps_ = 0;
    std::uint32_t nextStream_ = std::uint32_t{1} << 31;
    std::map<StreamId, SoleSpeaker*> speakers_;
    std::vector<IpAddress> wantedHops_;
};

}  // namespace peerscape::bgp::test
