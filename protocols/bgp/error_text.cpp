#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "protocols/bgp/message.hpp"

/// What messages mean in words: the names are those of IANA's registries, which FRR uses too.
namespace peerscape::bgp {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 8> kCodes{"",
                                                 "Message Header Error",
                                                 "OPEN Message Error",
                                                 "UPDATE Message Error",
                                                 "Hold Timer Expired",
                                                 "Neighbor Events Error",
                                                 "Cease",
                                                 "ROUTE-REFRESH Message Error"};

constexpr std::array<std::string_view, 4> kHeader{"Unspecific", "Connection Not Synchronized",
                                                  "Bad Message Length", "Bad Message Type"};
constexpr std::array<std::string_view, 12> kOpen{"Unspecific",
                                                 "Unsupported Version Number",
                                                 "Bad Peer AS",
                                                 "Bad BGP Identifier",
                                                 "Unsupported Optional Parameter",
                                                 "Authentication Failure",
                                                 "Unacceptable Hold Time",
                                                 "Unsupported Capability",
                                                 "",
                                                 "",
                                                 "",
                                                 "Role Mismatch"};
constexpr std::array<std::string_view, 12> kUpdate{"Unspecific",
                                                   "Malformed Attribute List",
                                                   "Unrecognized Well-known Attribute",
                                                   "Missing Well-known Attribute",
                                                   "Attribute Flags Error",
                                                   "Attribute Length Error",
                                                   "Invalid ORIGIN Attribute",
                                                   "AS Routing Loop",
                                                   "Invalid NEXT_HOP Attribute",
                                                   "Optional Attribute Error",
                                                   "Invalid Network Field",
                                                   "Malformed AS_PATH"};
constexpr std::array<std::string_view, 4> kStateMachine{
    "Unspecific", "Receive Unexpected Message in OpenSent State",
    "Receive Unexpected Message in OpenConfirm State", "Receive Unexpected Message in Established State"};
constexpr std::array<std::string_view, 11> kCease{"Unspecific",
                                                  "Maximum Number of Prefixes Reached",
                                                  "Administrative Shutdown",
                                                  "Peer De-configured",
                                                  "Administrative Reset",
                                                  "Connection Rejected",
                                                  "Other Configuration Change",
                                                  "Connection Collision Resolution",
                                                  "Out of Resources",
                                                  "Hard Reset",
                                                  "BFD Down"};
constexpr std::array<std::string_view, 2> kRouteRefresh{"Unspecific", "Invalid Message Length"};

Names subcodesOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::MessageHeader:
            return kHeader;
        case ErrorCode::OpenMessage:
            return kOpen;
        case ErrorCode::UpdateMessage:
            return kUpdate;
        case ErrorCode::FiniteStateMachine:
            return kStateMachine;
        case ErrorCode::Cease:
            return kCease;
        case ErrorCode::RouteRefresh:
            return kRouteRefresh;
        case ErrorCode::HoldTimerExpired:
            break;
    }
    return {};
}

std::string nameIn(Names names, std::uint8_t number) {
    if (number < names.size() && !names[number].empty()) return std::string(names[number]);
    return fmt::format("{}", number);
}

bool hasWords(const NotificationMessage& notification) {
    return notification.code == ErrorCode::Cease &&
           (notification.subcode == subcode::kAdministrativeShutdown ||
            notification.subcode == subcode::kAdministrativeReset);
}

/// As much of the text as fits, without half a character.
std::string_view clipped(std::string_view words) {
    constexpr std::size_t kLongest = 255;
    if (words.size() <= kLongest) return words;
    std::size_t size = kLongest;
    while (size > 0 && (static_cast<std::uint8_t>(words[size]) & 0xc0) == 0x80)
        --size;
    return words.substr(0, size);
}

}  // namespace

UpdateMessage UpdateMessage::endOfRib(Family family) {
    UpdateMessage update;
    if (family == Family::IPv6) update.withdrawn.push_back({family, true, {}});
    return update;
}

std::optional<Family> UpdateMessage::endOfRibFamily() const {
    if (!announced.empty()) return std::nullopt;
    if (withdrawn.empty()) return Family::IPv4;
    if (withdrawn.size() > 1 || !withdrawn.front().prefixes.empty()) return std::nullopt;
    return withdrawn.front().family;
}

NotificationMessage NotificationMessage::shutdown(std::uint8_t subcode, std::string_view words) {
    const std::string_view text = clipped(words);
    ByteWriter out;
    if (!text.empty()) out.u8(static_cast<std::uint8_t>(text.size()));
    for (const char c : text)
        out.u8(static_cast<std::uint8_t>(c));
    return {ErrorCode::Cease, subcode, out.take()};
}

std::string NotificationMessage::shutdownText() const {
    if (const auto inner = insideHardReset()) return inner->shutdownText();
    if (!hasWords(*this) || data.empty()) return {};
    const std::size_t size = std::min<std::size_t>(data.front(), data.size() - 1);
    std::string words;
    // RFC 9003 section 4: what is not fit to be shown must not reach the operator's terminal.
    for (std::size_t i = 1; i <= size; ++i)
        words += data[i] < 0x20 || data[i] == 0x7f ? '?' : static_cast<char>(data[i]);
    return words;
}

NotificationMessage NotificationMessage::hardReset() const {
    ByteWriter out;
    out.u8(static_cast<std::uint8_t>(code));
    out.u8(subcode);
    for (const std::uint8_t byte : data)
        out.u8(byte);
    return {ErrorCode::Cease, subcode::kHardReset, out.take()};
}

std::optional<NotificationMessage> NotificationMessage::insideHardReset() const {
    if (code != ErrorCode::Cease || subcode != subcode::kHardReset || data.size() < 2) return std::nullopt;
    // One Hard Reset inside another says nothing.
    if (data[0] == static_cast<std::uint8_t>(ErrorCode::Cease) && data[1] == subcode::kHardReset)
        return std::nullopt;
    return NotificationMessage{static_cast<ErrorCode>(data[0]), data[1], {data.begin() + 2, data.end()}};
}

std::string NotificationMessage::text() const {
    const auto number = static_cast<std::uint8_t>(code);
    if (number >= kCodes.size() || number == 0) return fmt::format("error {}/{}", number, subcode);
    std::string text(kCodes[number]);
    const Names names = subcodesOf(code);
    // An error that has no subcodes, or only itself to say.
    if (names.empty() && subcode == 0) return text;
    text += '/' + nameIn(names, subcode);
    if (const auto inner = insideHardReset()) return text + " (" + inner->text() + ")";
    if (const std::string words = shutdownText(); !words.empty()) text += ": " + words;
    return text;
}

}  // namespace peerscape::bgp
