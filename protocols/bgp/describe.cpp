#include "protocols/bgp/describe.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "protocols/bgp/attribute_codec.hpp"
#include "protocols/bgp/capability_codec.hpp"
#include "protocols/bgp/describe_attribute.hpp"
#include "protocols/bgp/header.hpp"
#include "protocols/bgp/nlri_codec.hpp"

namespace peerscape::bgp {
namespace {

std::size_t countOf(const auto& groups) {
    std::size_t count = 0;
    for (const auto& group : groups)
        count += group.prefixes.size();
    return count;
}

std::string summaryOf(const OpenMessage& open) {
    return fmt::format(", AS {}, hold time {} s, identifier {}", toString(open.number()), open.holdTime,
                       toString(open.identifier.address()));
}
std::string summaryOf(const UpdateMessage& update) {
    if (const auto family = update.endOfRibFamily())
        return fmt::format(", End-of-RIB of {} unicast", nameOf(*family));
    std::string text;
    if (const std::size_t count = countOf(update.announced); count > 0)
        text += fmt::format(", {} prefix{}", count, count == 1 ? "" : "es");
    if (const std::size_t count = countOf(update.withdrawn); count > 0)
        text += fmt::format(", {} withdrawn", count);
    if (update.announced.empty()) return text;
    const std::string path = update.attributes->asPath->text();
    return text + fmt::format(", path {}, next hop {}", path.empty() ? "empty" : path,
                              toString(update.announced.front().nextHop.address));
}
std::string summaryOf(const NotificationMessage& notification) { return ", " + notification.text(); }
std::string summaryOf(const KeepaliveMessage&) { return {}; }
std::string summaryOf(const RouteRefreshMessage& refresh) {
    constexpr std::array<std::string_view, 3> kKinds{"", "begin of ", "end of "};
    return fmt::format(", {}{} unicast", kKinds[static_cast<std::size_t>(refresh.kind)],
                       nameOf(refresh.family));
}

/// Gathers fields one behind the other.
class FieldList {
  public:
    explicit FieldList(ByteView bytes) : bytes_(bytes) {}

    void add(std::string name, std::string value, std::size_t size) {
        size = std::min(size, bytes_.size() - at_);
        all_.push_back({std::move(name), std::move(value), at_, size});
        at_ += size;
    }
    ByteView rest() const { return bytes_.subspan(at_); }
    std::size_t left() const { return bytes_.size() - at_; }
    /// A field that is shorter than it should be.
    void addCut() {
        if (left() > 0) add("cut off", toHex(rest()), left());
    }
    void note(std::string name, std::string value) {
        all_.push_back({std::move(name), std::move(value), 0, 0});
    }
    std::vector<MessageField> take() { return std::move(all_); }

  private:
    ByteView bytes_;
    std::size_t at_ = 0;
    std::vector<MessageField> all_;
};

std::string prefixesIn(ByteView bytes, const WireOptions& options) {
    const bool hasPathIds = options.receivesPathIds.ipv4;
    const DecodedPrefixes decoded = decodePrefixes(bytes, Family::IPv4, hasPathIds);
    return decoded.problem ? toHex(bytes) : prefixList(decoded.prefixes, hasPathIds);
}

/// A length of two octets; how much of it is there.
std::size_t addLength(FieldList& list, const char* name) {
    const std::size_t size = ByteReader(list.rest()).u16();
    list.add(name, fmt::format("{}", size), 2);
    return std::min(size, list.left());
}

void addAttribute(FieldList& list, std::size_t most, const WireOptions& options) {
    ByteReader in(list.rest().first(most));
    const std::uint8_t flags = in.u8();
    const std::uint8_t type = in.u8();
    const bool isExtended = (flags & attribute_flag::kExtendedLength) != 0;
    const std::size_t size = isExtended ? in.u16() : in.u8();
    const ByteView value = in.take(size);
    if (in.ranOut()) return list.add("cut off", toHex(list.rest().first(most)), most);
    list.add(nameOfAttribute(type),
             fmt::format("{} ({})", attributeInWords(type, value, options), flagsInWords(flags)),
             in.position());
}

void addUpdate(FieldList& list, const WireOptions& options) {
    if (const std::size_t size = addLength(list, "withdrawn routes length"); size > 0)
        list.add("withdrawn routes", prefixesIn(list.rest().first(size), options), size);
    const std::size_t size = addLength(list, "path attributes length");
    const std::size_t behind = list.left() - size;
    while (list.left() > behind)
        addAttribute(list, list.left() - behind, options);
    if (list.left() > 0) list.add("prefixes", prefixesIn(list.rest(), options), list.left());
}

void addCapabilities(FieldList& list, std::size_t size) {
    const std::size_t behind = list.left() - size;
    while (list.left() > behind + 1) {
        const std::uint8_t code = list.rest()[0];
        const std::size_t all = std::min<std::size_t>(2U + list.rest()[1], list.left() - behind);
        const ByteView value = list.rest().subspan(2, all - 2);
        list.add("capability " + nameOfCapability(code),
                 capabilityInWords(code, {value.begin(), value.end()}), all);
    }
    if (list.left() > behind) list.add("cut off", toHex(list.rest().first(1)), 1);
}

void addParameters(FieldList& list) {
    std::size_t unit = 1;
    if (list.left() >= 4 && list.rest()[0] != 0 && list.rest()[1] == 255) {
        list.add("extended optional parameters", "lengths of two octets", 2);
        list.add("optional parameters length", fmt::format("{}", ByteReader(list.rest()).u16()), 2);
        unit = 2;
    } else if (list.left() > 0) {
        list.add("optional parameters length", fmt::format("{}", list.rest()[0]), 1);
    }
    while (list.left() > unit) {
        ByteReader in(list.rest());
        const std::uint8_t type = in.u8();
        const std::size_t size = unit == 2 ? in.u16() : in.u8();
        list.add("optional parameter", fmt::format("type {}, {} octets", type, size), 1 + unit);
        const std::size_t there = std::min(size, list.left());
        if (type == 2) {
            addCapabilities(list, there);
        } else if (there > 0) {
            list.add("value", toHex(list.rest().first(there)), there);
        }
    }
    list.addCut();
}

void addOpen(FieldList& list) {
    ByteReader in(list.rest());
    list.add("version", fmt::format("{}", in.u8()), 1);
    const std::uint16_t as = in.u16();
    list.add("my AS", as == kAsTrans ? "AS_TRANS" : fmt::format("{}", as), 2);
    list.add("hold time", fmt::format("{} s", in.u16()), 2);
    list.add("BGP identifier", toString(IpAddress::v4(in.u32())), 4);
    addParameters(list);
}

void addNotification(FieldList& list) {
    NotificationMessage notification;
    ByteReader in(list.rest());
    notification.code = static_cast<ErrorCode>(in.u8());
    notification.subcode = in.u8();
    const ByteView data = in.take(in.left());
    notification.data.assign(data.begin(), data.end());
    list.add("error", notification.text(), 2);
    if (!data.empty()) list.add("data", toHex(data), data.size());
}

void addRouteRefresh(FieldList& list) {
    ByteReader in(list.rest());
    const std::uint16_t afi = in.u16();
    const std::uint8_t subtype = in.u8();
    const auto family = familyOf(afi, in.u8());
    constexpr std::array<std::string_view, 3> kKinds{"request", "begin", "end"};
    list.add("address family", family ? std::string(nameOf(*family)) : fmt::format("{}", afi), 2);
    list.add("kind", subtype < kKinds.size() ? std::string(kKinds[subtype]) : fmt::format("{}", subtype), 1);
    list.add("subsequent address family",
             family ? "unicast" : fmt::format("{}", ByteReader(list.rest()).u8()), 1);
    list.addCut();
}

void addBody(FieldList& list, MessageType type, const WireOptions& options) {
    switch (type) {
        case MessageType::Open:
            return addOpen(list);
        case MessageType::Update:
            return addUpdate(list, options);
        case MessageType::Notification:
            return addNotification(list);
        case MessageType::Keepalive:
            return;
        case MessageType::RouteRefresh:
            return addRouteRefresh(list);
    }
    list.addCut();
}

std::string_view reactionName(Reaction reaction) {
    switch (reaction) {
        case Reaction::Ignore:
            return "ignored";
        case Reaction::AttributeDiscard:
            return "attribute discarded";
        case Reaction::TreatAsWithdraw:
            return "treated as withdrawn";
    }
    return "";
}

}  // namespace

std::string_view toString(MessageType type) {
    constexpr std::array<std::string_view, 6> kNames{"unknown",      "OPEN",      "UPDATE",
                                                     "NOTIFICATION", "KEEPALIVE", "ROUTE-REFRESH"};
    const auto number = static_cast<std::size_t>(type);
    return kNames[number < kNames.size() ? number : 0];
}

std::string_view toString(Role role) {
    constexpr std::array<std::string_view, 5> kNames{"provider", "rs-server", "rs-client", "customer",
                                                     "peer"};
    return kNames[static_cast<std::size_t>(role)];
}

std::string summary(const BgpMessage& message) {
    return std::string(toString(typeOf(message))) +
           std::visit([](const auto& one) { return summaryOf(one); }, message);
}

std::vector<MessageField> fields(ByteView bytes, const WireOptions& options) {
    FieldList list(bytes);
    if (bytes.size() < kHeaderSize) {
        list.addCut();
        return list.take();
    }
    ByteReader in(bytes.subspan(16));
    const auto decoded = decode(bytes, options);
    list.add("marker", toHex(bytes.first(16)), 16);
    list.add("length", fmt::format("{}", in.u16()), 2);
    const auto type = static_cast<MessageType>(in.u8());
    list.add("type", fmt::format("{} ({})", toString(type), bytes[18]), 1);
    addBody(list, type, options);
    if (!decoded) {
        list.note("malformed",
                  fmt::format("{}: {}", decoded.error().notification.text(), decoded.error().sentence));
        return list.take();
    }
    for (const AttributeProblem& problem : decoded->problems)
        list.note(std::string(reactionName(problem.reaction)), problem.sentence);
    return list.take();
}

}  // namespace peerscape::bgp
