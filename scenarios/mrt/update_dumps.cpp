#include "scenarios/mrt/update_dumps.hpp"

#include <utility>

#include <fmt/format.h>

#include "engine/sim/tcp_message.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/bgp/session_remarks.hpp"
#include "scenarios/mrt/bgp_of.hpp"

namespace peerscape::mrt {
namespace {

constexpr std::uint16_t kBgpPort = 179;

}  // namespace

UpdateDumps::UpdateDumps(std::filesystem::path folder, const Simulation& world)
    : folder_(std::move(folder)), world_(world) {}

void UpdateDumps::take(std::span<const Record> records) {
    for (const Record& record : records) {
        if (const auto* received = std::get_if<record::PacketReceived>(&record.what))
            hear(record, *received->packet);
        if (const auto* noted = std::get_if<record::Noted>(&record.what)) note(record, *noted);
    }
}

void UpdateDumps::hear(const Record& record, const Packet& packet) {
    const bool isBgp = packet.protocol == kIpProtocolTcp &&
                       (packet.sourcePort == kBgpPort || packet.destinationPort == kBgpPort);
    if (!isBgp || packet.isFragment() || processOf(world_, record.node) == nullptr) return;
    // Others' packets only pass through.
    const bool isOwn =
        packet.destination.isLinkLocal() || world_.node(record.node).isLocal(packet.destination);
    if (!isOwn) return;
    const auto segment = TcpMessage::segmentOf(packet);
    if (!segment) return;
    const Key key{record.node, packet.destination, packet.source, segment->destinationPort,
                  segment->sourcePort};
    Direction& direction = directions_[key];
    const Bytes bytes = direction.follower.take(*segment);
    if (direction.follower.hasBegunAnew()) direction.messages = bgp::MessageStream();
    direction.messages.append(bytes);
    bgp::WireOptions options;
    options.hasExtendedMessage = true;  // longer than agreed is the session's business
    while (true) {
        const auto message = direction.messages.next(options);
        // Behind a broken header nothing can be told apart any more.
        if (!message) direction.messages = bgp::MessageStream();
        if (!message || !*message) return;
        const auto decoded = bgp::decode(**message, options);
        if (decoded && decoded->message) {
            if (const auto* open = std::get_if<bgp::OpenMessage>(&*decoded->message))
                direction.saysFourOctetAs = open->capabilities.fourOctetAs.has_value();
        }
        if (const auto session = sessionWith(record.node, packet.source, packet.destination)) {
            bgp::mrt::MessageForm form;
            form.hasFourOctetAs = direction.saysFourOctetAs;
            if (const bgp::Peer* peer = processOf(world_, record.node)->peerAt(packet.source))
                form.hasPathIds = peer->wire.receivesPathIds[packet.source.family()];
            write(record.node,
                  bgp::mrt::message(bgp::mrt::Timestamp::at(record.time, 0), *session, form, **message));
        }
    }
}

void UpdateDumps::note(const Record& record, const record::Noted& noted) {
    const auto* remark = dynamic_cast<const bgp::SessionRemark*>(noted.remark.get());
    if (remark == nullptr || remark->facts().from == remark->facts().to) return;
    const auto number = [](bgp::State state) {
        return static_cast<bgp::mrt::State>(static_cast<int>(state) + 1);
    };
    const IpAddress& peer = remark->facts().peer;
    if (const auto session = sessionWith(record.node, peer, IpAddress::any(peer.family()))) {
        write(record.node, bgp::mrt::stateChange(bgp::mrt::Timestamp::at(record.time, 0), *session,
                                                 number(remark->facts().from), number(remark->facts().to)));
    }
}

std::optional<bgp::mrt::Session> UpdateDumps::sessionWith(NodeId node, const IpAddress& remote,
                                                          const IpAddress& local) const {
    const bgp::BgpProcess* process = processOf(world_, node);
    const bgp::Peer* peer = process == nullptr ? nullptr : process->peerAt(remote);
    if (peer == nullptr) return std::nullopt;
    bgp::mrt::Session session;
    session.peerAs = peer->session.isEstablished()
                         ? peer->facts.remoteAs
                         : peer->config.settings.remoteAs.value_or(bgp::RemoteAs{}).number;
    session.localAs = peer->localAs;
    session.peerAddress = remote;
    session.localAddress = local;
    return session;
}

void UpdateDumps::write(NodeId node, const Bytes& bytes) {
    auto at = files_.find(node);
    if (at == files_.end()) {
        const std::filesystem::path path = folder_ / names_.next(world_.node(node).name, ".updates.mrt");
        paths_[node] = path;
        at = files_.emplace(node, std::ofstream(path, std::ios::binary | std::ios::trunc)).first;
    }
    at->second.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

Result<void> UpdateDumps::finish() {
    for (auto& [node, file] : files_) {
        file.close();
        if (!file) return failure(fmt::format("cannot write {}", paths_.at(node).string()));
    }
    return {};
}

}  // namespace peerscape::mrt
