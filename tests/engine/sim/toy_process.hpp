#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/base/hash.hpp"
#include "engine/routing/process.hpp"

namespace peerscape {

/// What a toy does. The engine cannot tell it from a real protocol.
struct ToySettings {
    bool isEnabled = true;
    std::vector<RouteOffer> offers;  ///< announced when started, and exchanged when configured
    std::vector<BindUdp> udp;
    std::vector<BindIp> raw;
    std::vector<SendDatagram> sends;  ///< once, when started
    bool echoes = false;              ///< sends every datagram back where it came from
    std::vector<std::pair<ProtocolId, Family>> subscribes;
    std::vector<IpAddress> tracks;
    std::vector<Prefix> tracksPrefixes;
    std::optional<Duration> every;  ///< wakes again and again, after half to the whole of this
    std::optional<SendDatagram> sendsOnWake;
    std::optional<ListenStream> listens;
    std::vector<SetStreamKey> keys;
    std::vector<OpenStream> opens;    ///< when started
    std::size_t says = 0;             ///< bytes 0, 1, 2 … sent on every stream that comes up
    std::size_t messagesOnWake = 0;   ///< so many messages of the bytes that follow, on each wake
    std::size_t saysOnWake = 0;       ///< bytes of each of these messages
    bool saysNews = true;             ///< what it says on wakes is news (SendStream)
    std::optional<Duration> retains;  ///< its routes stay so long without it; "release" ends that
    bool hangsUp = false;             ///< closes a stream when it has said that, or heard anything
    bool slams = false;               ///< the same, with a reset
    std::optional<RouteOffer> flaps;  ///< announced and withdrawn in turns on each wake
};

class ToyProcess;

/// Configuration of a toy, under any protocol number, so that a node can run several.
class ToyConfig final : public ProcessConfig {
  public:
    static constexpr ProtocolId kProtocol{2};

    explicit ToyConfig(ToySettings wishes, ProtocolId protocol = kProtocol)
        : settings(std::move(wishes)), protocol_(protocol) {}

    ProtocolId protocol() const override { return protocol_; }
    bool isEnabled() const override { return settings.isEnabled; }
    std::unique_ptr<ProcessConfig> clone() const override { return std::make_unique<ToyConfig>(*this); }
    std::unique_ptr<Process> start(std::shared_ptr<const ProcessConfig> self,
                                   RandomStream random) const override;

    ToySettings settings;

  private:
    ProtocolId protocol_;
};

/// Does what its settings say, and remembers everything it was told.
class ToyProcess final : public Process {
  public:
    ToyProcess(std::shared_ptr<const ToyConfig> config, RandomStream random)
        : config_(std::move(config)), random_(random) {}

    void handle(const Env& env, const Input& input, Outbox& out) override {
        std::visit([&](const auto& in) { on(env, in, out); }, input);
    }
    SimTime nextDeadline() const override { return deadline_; }
    std::unique_ptr<Process> clone() const override { return std::make_unique<ToyProcess>(*this); }
    bool settled(SimTime, SimTime) const override { return !config_->settings.flaps; }
    std::uint64_t stateHash() const override {
        StableHash hash;
        hash.add(random_.state())
            .add(static_cast<std::uint64_t>(deadline_.count()))
            .add(isAnnounced_ ? 1 : 0);
        for (const std::string& line : heard)
            hash.add(line);
        hash.add(received.size());
        return hash.value();
    }

    /// "0.001000 s Woken": one line for each input.
    std::vector<std::string> heard;
    std::vector<DatagramReceived> datagrams;
    std::vector<RouteChange> routes;
    std::vector<NextHopState> nextHops;
    Bytes received;            ///< from all streams
    std::size_t messages = 0;  ///< of what was received, so many came whole
    std::size_t said = 0;      ///< bytes on the latest stream
    std::vector<StreamEnd> ends;

  private:
    const ToySettings& settings() const { return config_->settings; }
    void hear(const Env& env, std::string text) {
        heard.push_back(toString(env.now) + " " + std::move(text));
    }
    void setTimer(const Env& env) {
        if (settings().every) deadline_ = env.now + random_.between(*settings().every / 2, *settings().every);
    }

    void on(const Env& env, const Started&, Outbox& out) {
        hear(env, "Started");
        for (const BindUdp& bind : settings().udp)
            out.add(bind);
        for (const BindIp& bind : settings().raw)
            out.add(bind);
        for (const RouteOffer& offer : settings().offers)
            out.announce(offer);
        for (const auto& [protocol, family] : settings().subscribes)
            out.add(SubscribeRoutes{protocol, family, true});
        for (const IpAddress& address : settings().tracks)
            out.add(TrackNextHop{address, true});
        for (const Prefix& prefix : settings().tracksPrefixes)
            out.add(TrackPrefix{prefix, true});
        for (const SendDatagram& send : settings().sends)
            out.add(send);
        for (const SetStreamKey& key : settings().keys)
            out.add(key);
        if (settings().retains) out.add(RetainRoutes{*settings().retains});
        if (settings().listens) out.add(*settings().listens);
        for (const OpenStream& open : settings().opens)
            out.add(open);
        setTimer(env);
    }
    void on(const Env& env, const InterfaceChanged& in, Outbox&) {
        hear(env, fmt::format("{} {}", env.interface(in.interface).name,
                              env.interface(in.interface).isUp() ? "up" : "down"));
    }
    void on(const Env& env, const DatagramReceived& in, Outbox& out) {
        hear(env, fmt::format("{} bytes from {} to {} ttl {}", in.payload.size(), toString(in.source),
                              toString(in.destination), in.ttl));
        datagrams.push_back(in);
        if (!settings().echoes) return;
        SendDatagram back;
        back.destination = in.source;
        back.sourcePort = in.destinationPort;
        back.destinationPort = in.sourcePort;
        back.payload = in.payload;
        out.add(back);
    }
    void on(const Env& env, const Woken&, Outbox& out) {
        hear(env, "Woken");
        deadline_ = SimTime::never();
        setTimer(env);
        if (settings().sendsOnWake) out.add(*settings().sendsOnWake);
        for (std::size_t i = 0; i < settings().messagesOnWake && stream_.isSome(); ++i)
            out.add(SendStream{stream_, Payload(nextBytes(settings().saysOnWake)), settings().saysNews});
        if (!settings().flaps) return;
        isAnnounced_ = !isAnnounced_;
        if (isAnnounced_) out.announce(*settings().flaps);
        if (!isAnnounced_) out.withdraw(settings().flaps->prefix, settings().flaps->slot);
    }
    void on(const Env& env, const RoutesChanged& in, Outbox&) {
        for (const RouteChange& change : in.changes) {
            hear(env, fmt::format("{} {} metric {}", change.withdrawn ? "lost" : "got",
                                  toString(change.prefix), change.metric));
            routes.push_back(change);
        }
    }
    void on(const Env& env, const NextHopsChanged& in, Outbox&) {
        for (const NextHopState& change : in.changes) {
            hear(env, fmt::format("{} {}", toString(change.address),
                                  change.isReachable ? "reachable" : "unreachable"));
            nextHops.push_back(change);
        }
    }
    void on(const Env& env, const PrefixesChanged& in, Outbox&) {
        for (const RouteChange& change : in.changes)
            hear(env, fmt::format("{} {}", toString(change.prefix), change.withdrawn ? "absent" : "present"));
    }
    void on(const Env& env, const Configured& in, Outbox& out) {
        hear(env, "Configured");
        for (const RouteOffer& offer : settings().offers)
            out.withdraw(offer.prefix, offer.slot);
        config_ = std::dynamic_pointer_cast<const ToyConfig>(in.config);
        for (const RouteOffer& offer : settings().offers)
            out.announce(offer);
    }
    void on(const Env& env, const Commanded& in, Outbox& out) {
        hear(env, "Commanded " + (in.words.empty() ? "" : in.words.front()));
        out.note("told to " + (in.words.empty() ? "" : in.words.front()));
        if (in.words == std::vector<std::string>{"release"}) out.add(ReleaseRoutes{Family::IPv4});
    }
    void on(const Env& env, const StreamOpened& in, Outbox& out) {
        hear(env, fmt::format("opened {} from {}", in.stream.value(), toString(in.localAddress)));
        speak(in.stream, out);
    }
    void on(const Env& env, const StreamAccepted& in, Outbox& out) {
        hear(env,
             fmt::format("accepted from {} at {} ttl {}", toString(in.remoteAddress), in.localPort, in.ttl));
        speak(in.stream, out);
    }
    void on(const Env&, const StreamReceived& in, Outbox& out) {
        const Bytes bytes = in.message == nullptr ? in.bytes : Payload(in.message).bytes();
        if (in.message != nullptr) ++messages;
        received.insert(received.end(), bytes.begin(), bytes.end());
        if (settings().hangsUp || settings().slams) out.add(CloseStream{in.stream, settings().slams});
    }
    void on(const Env& env, const StreamClosed& in, Outbox& out) {
        const std::string detail = in.detail.empty() ? "" : ": " + in.detail;
        hear(env, fmt::format("closed {}{}", static_cast<int>(in.why), detail));
        ends.push_back(in.why);
        stream_ = StreamId::none();
        out.add(CloseStream{in.stream, false});
    }
    Bytes nextBytes(std::size_t count) {
        Bytes bytes(count);
        for (std::uint8_t& byte : bytes)
            byte = static_cast<std::uint8_t>(said++);
        return bytes;
    }
    void speak(StreamId stream, Outbox& out) {
        stream_ = stream;
        said = 0;
        Bytes bytes = nextBytes(settings().says);
        if (!bytes.empty()) out.add(SendStream{stream, Payload(std::move(bytes))});
        if (settings().says > 0 && settings().hangsUp) out.add(CloseStream{stream, false});
    }

    std::shared_ptr<const ToyConfig> config_;
    RandomStream random_;
    SimTime deadline_ = SimTime::never();
    StreamId stream_;  ///< the latest one
    bool isAnnounced_ = false;
};

inline std::unique_ptr<Process> ToyConfig::start(std::shared_ptr<const ProcessConfig> self,
                                                 RandomStream random) const {
    return std::make_unique<ToyProcess>(std::dynamic_pointer_cast<const ToyConfig>(self), random);
}

}  // namespace peerscape
