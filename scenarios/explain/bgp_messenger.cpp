/// BGP, for those who explain. Its messages travel in TCP segments.
#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/sim/tcp_message.hpp"
#include "protocols/bgp/describe.hpp"
#include "protocols/bgp/header.hpp"
#include "protocols/bgp/process_config.hpp"
#include "protocols/bgp/wire.hpp"
#include "scenarios/explain/carrier.hpp"

namespace peerscape {

namespace {

constexpr std::size_t kMarkerSize = 16;
constexpr std::size_t kMostNamed = 3;  ///< messages of one segment

/// The messages that stand in the segment from their marker to their end, as a receiver of four-octet AS
/// numbers and without path identifiers reads them. Those that are cut by the ends of the segment are passed
/// over.
std::vector<bgp::BgpMessage> messagesIn(const Packet& packet) {
    std::vector<bgp::BgpMessage> messages;
    const bool isBgp = packet.protocol == kIpProtocolTcp && !packet.isFragment() && !packet.isDamaged &&
                       packet.owner == bgp::kBgp;
    if (!isBgp) return messages;
    const auto segment = TcpMessage::segmentOf(packet);
    if (!segment) return messages;
    const ByteView bytes(segment->payload);
    const bgp::WireOptions options;
    for (std::size_t at = 0; at + bgp::kHeaderSize <= bytes.size();) {
        const ByteView rest = bytes.subspan(at);
        const bool isMarked = std::ranges::all_of(rest.first(kMarkerSize), [](auto b) { return b == 0xff; });
        const std::size_t size = std::size_t{rest[kMarkerSize]} << 8U | rest[kMarkerSize + 1];
        if (!isMarked || size < bgp::kHeaderSize || size > rest.size()) {
            ++at;
            continue;
        }
        if (auto decoded = bgp::decode(rest.first(size), options); decoded && decoded->message)
            messages.push_back(std::move(*decoded->message));
        at += size;
    }
    return messages;
}

bool names(const bgp::NlriList& routes, const Prefix& network) {
    return std::ranges::find(routes, network, &bgp::Nlri::prefix) != routes.end();
}

class BgpMessenger final : public Messenger {
  public:
    ProtocolId protocol(Family) const override { return bgp::kBgp; }

    std::optional<std::string> summary(const Packet& packet) const override {
        const auto messages = messagesIn(packet);
        if (messages.empty()) return std::nullopt;
        std::vector<std::string> texts;
        for (const bgp::BgpMessage& message : messages) {
            if (texts.size() < kMostNamed) texts.push_back(bgp::summary(message));
        }
        const std::size_t more = messages.size() - texts.size();
        return fmt::format("BGP {}{}", fmt::join(texts, " + "),
                           more == 0 ? std::string() : fmt::format(" + {} more", more));
    }
    std::string networksIn(const Packet&) const override { return ""; }

    /// The last word counts, where a segment takes back what it has said before.
    std::optional<News> newsIn(const Packet& packet, const Prefix& network) const override {
        std::optional<News> news;
        for (const bgp::BgpMessage& message : messagesIn(packet)) {
            const auto* update = std::get_if<bgp::UpdateMessage>(&message);
            if (update == nullptr) continue;
            for (const auto& part : update->withdrawn) {
                if (names(part.prefixes, network))
                    news = News{News::Manner::Tells, false, bgp::SharedAttributes()};
            }
            for (const auto& part : update->announced) {
                if (names(part.prefixes, network)) news = News{News::Manner::Tells, true, update->attributes};
            }
        }
        return news;
    }
    std::string metricText(const News& news, const Process*) const override {
        if (!news.isReachable) return "";
        const std::string path = std::get<bgp::SharedAttributes>(news.said)->asPath->text();
        return path.empty() ? "an empty AS path" : "AS path " + path;
    }

    bool enables(const ProcessConfig& config, const InterfaceState&, const Prefix& network) const override {
        const auto* settings = dynamic_cast<const bgp::BgpProcessConfig*>(&config);
        return settings != nullptr && settings->value.families[network.family()].networks.contains(network);
    }
    bool redistributes(const ProcessConfig& config, ProtocolId protocol) const override {
        const auto* settings = dynamic_cast<const bgp::BgpProcessConfig*>(&config);
        if (settings == nullptr) return false;
        const auto isOf = [&](const bgp::Redistribution& one) { return one.protocol == protocol; };
        return std::ranges::any_of(settings->value.families[Family::IPv4].redistributions, isOf) ||
               std::ranges::any_of(settings->value.families[Family::IPv6].redistributions, isOf);
    }
};

}  // namespace

const Messenger& bgpMessenger() {
    static const BgpMessenger kMessenger;
    return kMessenger;
}

}  // namespace peerscape
