#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "protocols/bgp/process.hpp"
#include "tests/protocols/bgp/config_reader.hpp"
#include "tests/protocols/bgp/helpers.hpp"

/// Routers that are nothing but their BGP processes, on one Ethernet, with a TCP that loses nothing.
namespace peerscape::bgp::test {

/// Number N has 10.0.0.N/24, 2001:db8::N/64 and fe80::N on eth0.
struct Speaker {
    std::string name;
    std::vector<InterfaceState> interfaces;
    std::shared_ptr<const BgpProcessConfig> config;
    std::unique_ptr<BgpProcess> process;  ///< null: stopped
    std::map<Prefix, RouteOffer> rib;
    std::vector<std::string> notes;
    Duration retention{};  ///< what the process has asked for (RetainRoutes)
    PerFamily<SimTime> released{SimTime::never(), SimTime::never()};  ///< when it let go of older routes
    std::size_t hadAtRelease = 0;                                     ///< so many routes, then

    bool wasNoted(std::string_view part) const {
        return std::ranges::any_of(notes, [&](const auto& n) { return n.find(part) != std::string::npos; });
    }
};

class Speakers {
  public:
    /// One per text; each is what stands in the configuration, whole.
    explicit Speakers(const std::vector<std::string>& texts, std::vector<RoaPayload> roas = {})
        : roas_(std::move(roas)) {
        for (const std::string& text : texts) {
            const std::string number = std::to_string(speakers_.size() + 1);
            Speaker speaker;
            speaker.name = "R" + number;
            InterfaceState eth0;
            eth0.id = InterfaceId(0);
            eth0.name = "eth0";
            eth0.hasCarrier = true;
            eth0.addresses = {*InterfaceAddress::parse("10.0.0." + number + "/24"),
                              *InterfaceAddress::parse("2001:db8::" + number + "/64")};
            eth0.linkLocal = ip("fe80::" + number);
            speaker.interfaces.push_back(eth0);
            speaker.config = configuration(text);
            speakers_.push_back(std::move(speaker));
        }
    }

    void start() {
        for (std::size_t i = 0; i < speakers_.size(); ++i)
            startProcess(i + 1);
    }
    void startProcess(std::size_t number) {
        Speaker& speaker = at(number);
        speaker.process = std::make_unique<BgpProcess>(speaker.config, RandomStream(1, speaker.name, "bgp"));
        handle(number, Started{});
    }
    /// The process is gone, its neighbours' connections are reset.
    void stopProcess(std::size_t number) {
        at(number).process.reset();
        breakStreams(number, StreamEnd::ResetByPeer);
    }
    /// All connections of the router break; both ends hear of it.
    void breakStreams(std::size_t number, StreamEnd why = StreamEnd::TimedOut) {
        std::vector<std::pair<End, End>> broken;
        for (const auto& [end, other] : streams_) {
            if (end.first == number || other.first == number) broken.emplace_back(end, other);
        }
        for (const auto& [end, other] : broken)
            streams_.erase(end);
        for (const auto& [end, other] : broken)
            handle(end.first, StreamClosed{end.second, why, ""});
    }
    void reconfigure(std::size_t number, const std::string& text) {
        at(number).config = configuration(text);
        handle(number, Configured{at(number).config});
    }
    void command(std::size_t number, std::vector<std::string> words) {
        handle(number, Commanded{std::move(words)});
    }
    /// Something says no SYN gets through to this router any more.
    void refuseConnections(std::size_t number, bool isRefusing = true) { isRefusing_[number] = isRefusing; }

    void run(Duration time) {
        const SimTime end = now_ + time;
        while (true) {
            SimTime next = end;
            if (!agenda_.empty()) next = std::min(next, agenda_.begin()->first.first);
            for (const Speaker& speaker : speakers_) {
                if (speaker.process) next = std::min(next, speaker.process->nextDeadline());
            }
            now_ = std::max(now_, next);
            if (!doWhatIsDue() && now_ >= end) return;
        }
    }

    Speaker& at(std::size_t number) { return speakers_[number - 1]; }
    BgpProcess& process(std::size_t number) { return *at(number).process; }
    SimTime now() const { return now_; }
    const Peer& peer(std::size_t number, std::size_t other) {
        return *process(number).peerAt(ip("10.0.0." + std::to_string(other)));
    }
    bool isEstablished(std::size_t number, std::size_t other) {
        return peer(number, other).session.isEstablished();
    }
    /// The path of the prefix that came from the other router; null: there is none.
    const Path* path(std::size_t number, std::string_view prefix, std::size_t from) {
        const Destination* destination = process(number).table(net(prefix).family()).find(net(prefix));
        if (destination == nullptr) return nullptr;
        const PeerId id = peer(number, from).id;
        const auto found = std::ranges::find(destination->paths, id, &Path::peer);
        return found == destination->paths.end() ? nullptr : &*found;
    }
    const Path* best(std::size_t number, std::string_view prefix) {
        const Destination* destination = process(number).table(net(prefix).family()).find(net(prefix));
        return destination == nullptr ? nullptr : destination->bestPath();
    }
    bool hasRoute(std::size_t number, std::string_view prefix) {
        return at(number).rib.contains(net(prefix));
    }
    std::uint32_t sent(std::size_t number, std::size_t to, Family family = Family::IPv4) {
        return peer(number, to).families[family].sent;
    }
    ExportVerdict exportTo(std::size_t number, std::size_t to, std::string_view prefix) {
        const View view(*this, number);
        const Env env = environment(number, &view);
        return process(number).exportTo(env, peer(number, to), net(prefix).family(), net(prefix),
                                        *best(number, prefix));
    }

  private:
    using End = std::pair<std::size_t, StreamId>;  ///< router and stream

    /// Connected networks, and nothing else.
    class View final : public RibView {
      public:
        View(Speakers& net, std::size_t number) : speaker_(net.at(number)) {}
        NextHopState resolve(const IpAddress& address) const override {
            NextHopState state;
            state.address = address;
            for (const InterfaceState& interface : speaker_.interfaces)
                state.isReachable =
                    state.isReachable || (interface.isUp() && interface.addressFacing(address) != nullptr);
            state.protocol = state.isReachable ? kConnected : ProtocolId::none();
            return state;
        }
        ProtocolId selectedProtocol(const Prefix&) const override { return ProtocolId::none(); }

      private:
        const Speaker& speaker_;
    };

    std::shared_ptr<const BgpProcessConfig> configuration(const std::string& text) const {
        Reader reader;
        EXPECT_EQ(reader.read(text), "");
        auto config = std::make_shared<BgpProcessConfig>();
        config->value = reader.config();
        config->value.roas = roas_;
        config->policy = std::make_shared<policy::PolicySet>(reader.session.policy<policy::PolicySet>());
        return config;
    }
    Env environment(std::size_t number, const RibView* view) {
        return {.now = now_,
                .cause = RecordId(++steps_),
                .hostname = at(number).name,
                .interfaces = at(number).interfaces,
                .rib = view};
    }
    void handle(std::size_t number, const Input& input) {
        Speaker& speaker = at(number);
        if (!speaker.process) return;
        const View view(*this, number);
        Outbox out;
        speaker.process->handle(environment(number, &view), input, out);
        for (const Effect& effect : out.effects())
            carryOut(number, effect.action);
    }
    void later(std::size_t number, Input input) {
        agenda_.emplace(std::pair(now_ + Duration::milliseconds(1), ++order_),
                        std::pair(number, std::move(input)));
    }
    void carryOut(std::size_t number, const EffectAction& action) {
        Speaker& speaker = at(number);
        if (const auto* announced = std::get_if<Announce>(&action)) {
            speaker.rib[announced->offer.prefix] = announced->offer;
        } else if (const auto* withdrawn = std::get_if<Withdraw>(&action)) {
            speaker.rib.erase(withdrawn->prefix);
        } else if (const auto* note = std::get_if<Note>(&action)) {
            speaker.notes.push_back(note->remark->text());
        } else if (const auto* retain = std::get_if<RetainRoutes>(&action)) {
            speaker.retention = retain->time;
        } else if (const auto* release = std::get_if<ReleaseRoutes>(&action)) {
            speaker.released[release->family] = now_;
            speaker.hadAtRelease = speaker.rib.size();
        } else if (const auto* open = std::get_if<OpenStream>(&action)) {
            connect(number, *open);
        } else if (const auto* send = std::get_if<SendStream>(&action)) {
            const auto other = streams_.find({number, send->stream});
            if (other != streams_.end())
                later(other->second.first, StreamReceived{other->second.second, send->payload.bytes()});
        } else if (const auto* close = std::get_if<CloseStream>(&action)) {
            const auto other = streams_.find({number, close->stream});
            if (other == streams_.end()) return;
            const End end = other->second;
            streams_.erase(other);
            streams_.erase(end);
            later(end.first, StreamClosed{end.second, StreamEnd::ClosedByPeer, ""});
        }
    }
    void connect(std::size_t number, const OpenStream& open) {
        const std::size_t to = open.remoteAddress.bytes().back();
        if (to > speakers_.size() || !at(to).process || isRefusing_[to] || isRefusing_[number])
            return later(number, StreamClosed{open.stream, StreamEnd::Refused, ""});
        const StreamId accepted(0x80000001 + nextAccepted_++);
        streams_[{number, open.stream}] = {to, accepted};
        streams_[{to, accepted}] = {number, open.stream};
        const bool isV4 = open.remoteAddress.isV4();
        const IpAddress local =
            isV4 ? ip("10.0.0." + std::to_string(number)) : ip("2001:db8::" + std::to_string(number));
        StreamAccepted arriving;
        arriving.stream = accepted;
        arriving.localAddress = open.remoteAddress;
        arriving.remoteAddress = local;
        arriving.ttl = open.ttl;
        later(to, arriving);
        later(number, StreamOpened{open.stream, local, 40000});
    }
    bool doWhatIsDue() {
        if (!agenda_.empty() && agenda_.begin()->first.first <= now_) {
            const auto [number, input] = std::move(agenda_.begin()->second);
            agenda_.erase(agenda_.begin());
            handle(number, input);
            return true;
        }
        for (std::size_t i = 0; i < speakers_.size(); ++i) {
            if (!speakers_[i].process || speakers_[i].process->nextDeadline() > now_) continue;
            handle(i + 1, Woken{});
            return true;
        }
        return false;
    }

    std::vector<RoaPayload> roas_;
    std::vector<Speaker> speakers_;
    std::map<End, End> streams_;
    std::map<std::pair<SimTime, std::uint64_t>, std::pair<std::size_t, Input>> agenda_;
    std::map<std::size_t, bool> isRefusing_;
    SimTime now_ = SimTime::start();
    std::uint64_t steps_ = 0;
    std::uint64_t order_ = 0;
    std::uint32_t nextAccepted_ = 0;
};

/// `router bgp N` with external neighbours on the same Ethernet, each "2 65002" or the like, without RFC 8212
/// and the check of `network` statements.
inline std::string router(int number, const std::vector<std::pair<int, int>>& neighbors,
                          const std::string& more = "") {
    std::string text = "router bgp " + std::to_string(number) +
                       "\n no bgp ebgp-requires-policy\n no bgp network import-check\n";
    for (const auto& [host, as] : neighbors) {
        const std::string start = " neighbor 10.0.0." + std::to_string(host);
        text += start + " remote-as " + std::to_string(as) + "\n";
    }
    return text + more;
}

}  // namespace peerscape::bgp::test
