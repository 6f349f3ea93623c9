#include "protocols/bgp/message_stream.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace peerscape::bgp {
namespace {

constexpr std::size_t kMarkerSize = 16;

MessageFailure headerFault(std::uint8_t subcode, Bytes data, std::string sentence) {
    return {{ErrorCode::MessageHeader, subcode, std::move(data)}, std::move(sentence)};
}

/// The least octets of a message, header included; 0: there is no such type.
std::size_t leastSize(std::uint8_t type) {
    constexpr std::array<std::size_t, 6> kLeast{0, 29, 23, 21, 19, 23};
    return type < kLeast.size() ? kLeast[type] : 0;
}

/// The most octets. RFC 8654 section 4 leaves OPEN and KEEPALIVE as they were.
std::size_t mostSize(MessageType type, const WireOptions& options) {
    switch (type) {
        case MessageType::Open:
            return kLargestMessage;
        case MessageType::Keepalive:
            return kHeaderSize;
        case MessageType::Update:
        case MessageType::Notification:
        case MessageType::RouteRefresh:
            break;
    }
    return options.largestMessage();
}

}  // namespace

std::optional<MessageFailure> headerFailure(ByteView header, const WireOptions& options) {
    ByteReader in(header);
    const ByteView marker = in.take(kMarkerSize);
    const std::uint16_t size = in.u16();
    const std::uint8_t type = in.u8();
    if (std::ranges::any_of(marker, [](std::uint8_t byte) { return byte != 0xff; }))
        return headerFault(subcode::kConnectionNotSynchronized, {}, "the marker is not all ones");
    const Bytes sizeBytes{header[kMarkerSize], header[kMarkerSize + 1]};
    const auto badSize = [&] {
        return headerFault(subcode::kBadMessageLength, sizeBytes,
                           fmt::format("a message of type {} with {} octets", type, size));
    };
    if (size < kHeaderSize || size > options.largestMessage()) return badSize();
    if (leastSize(type) == 0)
        return headerFault(subcode::kBadMessageType, {type}, fmt::format("a message of type {}", type));
    if (size < leastSize(type) || size > mostSize(static_cast<MessageType>(type), options)) return badSize();
    return std::nullopt;
}

std::expected<std::optional<Bytes>, MessageFailure> MessageStream::next(const WireOptions& options) {
    const ByteView rest = ByteView(bytes_).subspan(taken_);
    if (rest.size() < kHeaderSize) {
        // Few bytes are moved here, and only once for all messages that came together.
        bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(taken_));
        taken_ = 0;
        return std::nullopt;
    }
    if (auto failure = headerFailure(rest, options)) return std::unexpected(std::move(*failure));
    const std::size_t size = std::size_t{rest[kMarkerSize]} << 8 | rest[kMarkerSize + 1];
    if (rest.size() < size) return std::nullopt;
    taken_ += size;
    return Bytes(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size));
}

}  // namespace peerscape::bgp
