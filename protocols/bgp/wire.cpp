#include "protocols/bgp/wire.hpp"

#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "protocols/bgp/attribute_codec.hpp"
#include "protocols/bgp/capability_codec.hpp"
#include "protocols/bgp/header.hpp"
#include "protocols/bgp/message_stream.hpp"
#include "protocols/bgp/nlri_codec.hpp"
#include "protocols/bgp/update_decoder.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::size_t kUpdateFixedSize = kHeaderSize + 4;
constexpr std::size_t kNotificationFixedSize = kHeaderSize + 2;
constexpr std::size_t kRouteRefreshSize = kHeaderSize + 4;

/// The prefixes outside the multiprotocol attributes.
const NlriList& classic(const auto& groups) {
    static const NlriList kNone;
    for (const auto& group : groups) {
        if (!group.isMultiprotocol) return group.prefixes;
    }
    return kNone;
}

struct BodyWriter {
    const WireOptions& options;
    ByteWriter& out;

    void operator()(const OpenMessage& open) const { encodeOpen(open, out); }
    void operator()(const UpdateMessage& update) const {
        const bool hasPathIds = options.sendsPathIds.ipv4;
        out.u16(static_cast<std::uint16_t>(encodedSize(classic(update.withdrawn), hasPathIds)));
        encode(classic(update.withdrawn), hasPathIds, out);
        const std::size_t sizeAt = out.size();
        out.u16(0);
        for (const RawAttribute& attribute : attributesOf(update, options))
            write(attribute, out);
        PEERSCAPE_CHECK(out.size() <= kLargestExtendedMessage);
        out.patchU16(sizeAt, static_cast<std::uint16_t>(out.size() - sizeAt - 2));
        encode(classic(update.announced), hasPathIds, out);
    }
    void operator()(const NotificationMessage& notification) const {
        out.u8(static_cast<std::uint8_t>(notification.code));
        out.u8(notification.subcode);
        out.append(notification.data);
    }
    void operator()(const KeepaliveMessage&) const {}
    void operator()(const RouteRefreshMessage& refresh) const {
        out.u16(afiOf(refresh.family));
        out.u8(static_cast<std::uint8_t>(refresh.kind));
        out.u8(kUnicast);
    }
};

std::expected<DecodedMessage, MessageFailure> decodeNotification(ByteView body) {
    NotificationMessage notification;
    notification.code = static_cast<ErrorCode>(body[0]);
    notification.subcode = body[1];
    notification.data.assign(body.begin() + 2, body.end());
    return DecodedMessage{MessageType::Notification, std::move(notification), {}};
}

std::expected<DecodedMessage, MessageFailure> decodeRouteRefresh(ByteView message,
                                                                 const WireOptions& options) {
    ByteReader in(message.subspan(kHeaderSize));
    const std::uint16_t afi = in.u16();
    const std::uint8_t subtype = in.u8();
    const auto family = familyOf(afi, in.u8());
    const bool isMarker = options.hasEnhancedRouteRefresh && (subtype == 1 || subtype == 2);
    if (message.size() != kRouteRefreshSize) {
        const std::string sentence = fmt::format("a ROUTE-REFRESH of {} octets", message.size());
        // RFC 7313 section 5; without markers no other form has been agreed on than that of RFC 2918.
        if (isMarker) {
            return std::unexpected(MessageFailure{
                {ErrorCode::RouteRefresh, subcode::kInvalidMessageLength, {message.begin(), message.end()}},
                sentence});
        }
        return std::unexpected(MessageFailure{
            {ErrorCode::MessageHeader, subcode::kBadMessageLength, {message[16], message[17]}}, sentence});
    }
    // Unknown families and subtypes are ignored (RFC 2918 section 4, RFC 7313 section 5). Without RFC 7313
    // the octet is a reserved one.
    DecodedMessage decoded{MessageType::RouteRefresh, std::nullopt, {}};
    const bool isUnknown = options.hasEnhancedRouteRefresh && subtype > 2;
    if (!family || !options.families[*family] || isUnknown) return decoded;
    const auto kind =
        isMarker ? static_cast<RouteRefreshMessage::Kind>(subtype) : RouteRefreshMessage::Kind::Request;
    decoded.message = RouteRefreshMessage{*family, kind};
    return decoded;
}

}  // namespace

WireOptions WireOptions::mirrored() const {
    WireOptions other = *this;
    std::swap(other.sendsPathIds, other.receivesPathIds);
    return other;
}

void writeHeader(MessageType type, ByteWriter& out) {
    for (int i = 0; i < 16; ++i)
        out.u8(0xff);
    out.u16(0);
    out.u8(static_cast<std::uint8_t>(type));
}

Bytes withSize(ByteWriter& out) {
    PEERSCAPE_CHECK(out.size() <= kLargestExtendedMessage);
    out.patchU16(16, static_cast<std::uint16_t>(out.size()));
    return out.take();
}

MessageType typeOf(const BgpMessage& message) {
    constexpr MessageType kTypes[] = {MessageType::Open, MessageType::Update, MessageType::Notification,
                                      MessageType::Keepalive, MessageType::RouteRefresh};
    return kTypes[message.index()];
}

Bytes encode(const UpdateMessage& update, const WireOptions& options) {
    ByteWriter out;
    writeHeader(MessageType::Update, out);
    BodyWriter{options, out}(update);
    return withSize(out);
}

std::size_t encodedSize(const UpdateMessage& update, const WireOptions& options) {
    std::size_t size = kUpdateFixedSize;
    size += encodedSize(classic(update.withdrawn), options.sendsPathIds.ipv4);
    size += encodedSize(classic(update.announced), options.sendsPathIds.ipv4);
    for (const RawAttribute& attribute : attributesOf(update, options))
        size += encodedSize(attribute);
    return size;
}

Bytes encode(const BgpMessage& message, const WireOptions& options) {
    ByteWriter out;
    writeHeader(typeOf(message), out);
    std::visit(BodyWriter{options, out}, message);
    return withSize(out);
}

std::size_t encodedSize(const BgpMessage& message, const WireOptions& options) {
    if (const auto* update = std::get_if<UpdateMessage>(&message)) return encodedSize(*update, options);
    if (const auto* notification = std::get_if<NotificationMessage>(&message))
        return kNotificationFixedSize + notification->data.size();
    if (std::holds_alternative<KeepaliveMessage>(message)) return kHeaderSize;
    if (std::holds_alternative<RouteRefreshMessage>(message)) return kRouteRefreshSize;
    return encode(message, options).size();
}

std::expected<DecodedMessage, MessageFailure> decode(ByteView message, const WireOptions& options) {
    if (message.size() < kHeaderSize) {
        return std::unexpected(MessageFailure{
            {ErrorCode::MessageHeader, subcode::kConnectionNotSynchronized, {}}, "the header is cut off"});
    }
    if (auto failure = headerFailure(message, options)) return std::unexpected(std::move(*failure));
    if ((std::size_t{message[16]} << 8 | message[17]) != message.size()) {
        return std::unexpected(
            MessageFailure{{ErrorCode::MessageHeader, subcode::kBadMessageLength, {message[16], message[17]}},
                           fmt::format("{} octets where the header says {}", message.size(),
                                       message[16] << 8 | message[17])});
    }
    const ByteView body = message.subspan(kHeaderSize);
    switch (static_cast<MessageType>(message[18])) {
        case MessageType::Open: {
            auto open = decodeOpen(body);
            if (!open) return std::unexpected(std::move(open.error()));
            return DecodedMessage{MessageType::Open, std::move(*open), {}};
        }
        case MessageType::Update:
            return decodeUpdate(body, options);
        case MessageType::Notification:
            return decodeNotification(body);
        case MessageType::Keepalive:
            return DecodedMessage{MessageType::Keepalive, KeepaliveMessage{}, {}};
        case MessageType::RouteRefresh:
            break;
    }
    return decodeRouteRefresh(message, options);
}

}  // namespace peerscape::bgp
