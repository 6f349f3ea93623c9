#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "protocols/bgp/capability_codec.hpp"

/// OPEN without the values of its capabilities.
namespace peerscape::bgp {
namespace {

constexpr std::uint8_t kVersion = 4;
constexpr std::uint8_t kCapabilitiesParameter = 2;      // RFC 5492 section 4
constexpr std::uint8_t kExtendedLengthParameter = 255;  // RFC 9072 section 2
constexpr std::size_t kFixedSize = 10;

std::unexpected<MessageFailure> openFailure(std::uint8_t subcode, std::string sentence, Bytes data = {}) {
    return std::unexpected(
        MessageFailure{{ErrorCode::OpenMessage, subcode, std::move(data)}, std::move(sentence)});
}

Bytes parameterOf(const std::vector<RawCapability>& capabilities) {
    ByteWriter out;
    for (const RawCapability& capability : capabilities) {
        PEERSCAPE_CHECK(capability.value.size() <= 255);
        out.u8(capability.code);
        out.u8(static_cast<std::uint8_t>(capability.value.size()));
        out.append(capability.value);
    }
    return out.take();
}

std::expected<std::vector<RawCapability>, MessageFailure> capabilitiesIn(ByteView parameter) {
    std::vector<RawCapability> capabilities;
    for (ByteReader in(parameter); in.left() > 0;) {
        RawCapability capability;
        capability.code = in.u8();
        const ByteView value = in.take(in.u8());
        if (in.ranOut()) return openFailure(subcode::kUnspecific, "the last capability is cut off");
        capability.value.assign(value.begin(), value.end());
        capabilities.push_back(std::move(capability));
    }
    return capabilities;
}

/// The optional parameters, from their length on.
std::expected<OpenParameters, MessageFailure> readParameters(ByteView bytes) {
    ByteReader in(bytes);
    OpenParameters all;
    std::size_t size = in.u8();
    // RFC 9072 section 2: a type where the first parameter's would stand; the length in front says nothing.
    if (size != 0 && bytes.size() >= 2 && bytes[1] == kExtendedLengthParameter) {
        all.isExtended = true;
        in.u8();
        size = in.u16();
    }
    if (in.ranOut() || size != in.left())
        return openFailure(subcode::kUnspecific, "the optional parameters are not as long as the OPEN says");
    while (in.left() > 0) {
        const std::uint8_t type = in.u8();
        const ByteView value = in.take(all.isExtended ? in.u16() : in.u8());
        if (in.ranOut()) return openFailure(subcode::kUnspecific, "the last optional parameter is cut off");
        if (type != kCapabilitiesParameter) {
            return openFailure(subcode::kUnsupportedOptionalParameter,
                               fmt::format("optional parameter of unknown type {}", type));
        }
        auto capabilities = capabilitiesIn(value);
        if (!capabilities) return std::unexpected(capabilities.error());
        all.parameters.push_back(std::move(*capabilities));
    }
    return all;
}

/// RFC 4271 section 6.2, in the order in which the fields stand.
std::optional<std::unexpected<MessageFailure>> faultOf(const OpenMessage& open) {
    if (open.version != kVersion) {
        return openFailure(subcode::kUnsupportedVersionNumber,
                           fmt::format("the peer speaks version {}", open.version), {0, kVersion});
    }
    if (open.myAs == 0) return openFailure(subcode::kBadPeerAs, "nobody can be AS 0");  // RFC 7607
    if (open.holdTime == 1 || open.holdTime == 2) {
        return openFailure(subcode::kUnacceptableHoldTime,
                           fmt::format("a hold time of {} s is too short", open.holdTime));
    }
    // RFC 6286 section 2.1.
    if (open.identifier.isZero()) return openFailure(subcode::kBadBgpIdentifier, "the BGP identifier is 0");
    return std::nullopt;
}

/// RFC 6793 section 9 and 4.1: what the two fields for the number may say.
std::optional<std::unexpected<MessageFailure>> numberFaultOf(const OpenMessage& open) {
    const auto& fourOctets = open.capabilities.fourOctetAs;
    if (!fourOctets) {
        if (open.myAs != kAsTrans) return std::nullopt;
        return openFailure(subcode::kBadPeerAs, "AS_TRANS without a number of four octets");
    }
    if (open.myAs == kAsTrans || open.myAs == fourOctets->value()) return std::nullopt;
    return openFailure(subcode::kBadPeerAs,
                       fmt::format("the peer says both AS {} and AS {}", open.myAs, fourOctets->value()));
}

}  // namespace

void writeParameters(const CapabilityParameters& parameters, bool isExtended, ByteWriter& out) {
    std::vector<Bytes> values;
    std::size_t size = 0;
    for (const auto& capabilities : parameters) {
        values.push_back(parameterOf(capabilities));
        size += 2 + values.back().size();
        if (values.back().size() > 255) isExtended = true;
    }
    if (size > 255) isExtended = true;
    if (isExtended) {
        size += values.size();
        PEERSCAPE_CHECK(size <= 0xffff);
        out.u8(kExtendedLengthParameter);
        out.u8(kExtendedLengthParameter);
        out.u16(static_cast<std::uint16_t>(size));
    } else {
        out.u8(static_cast<std::uint8_t>(size));
    }
    for (const Bytes& value : values) {
        out.u8(kCapabilitiesParameter);
        if (isExtended) {
            out.u16(static_cast<std::uint16_t>(value.size()));
        } else {
            out.u8(static_cast<std::uint8_t>(value.size()));
        }
        out.append(value);
    }
}

void encodeOpen(const OpenMessage& open, ByteWriter& out) {
    out.u8(open.version);
    out.u16(open.myAs);
    out.u16(open.holdTime);
    out.u32(open.identifier.number());
    CapabilityParameters parameters;
    for (RawCapability& capability : capabilitiesOf(open.capabilities))
        parameters.push_back({std::move(capability)});
    writeParameters(parameters, false, out);
}

std::expected<OpenMessage, MessageFailure> decodeOpen(ByteView body) {
    ByteReader in(body);
    OpenMessage open;
    open.version = in.u8();
    open.myAs = in.u16();
    open.holdTime = in.u16();
    open.identifier = RouterId(in.u32());
    if (auto fault = faultOf(open)) return *fault;
    const auto all = readParameters(in.take(in.left()));
    if (!all) return std::unexpected(all.error());
    for (const auto& parameter : all->parameters) {
        if (auto failure = readCapabilities(parameter, open.capabilities)) return std::unexpected(*failure);
    }
    if (auto fault = numberFaultOf(open)) return *fault;
    return open;
}

OpenParameters parametersOf(ByteView body) {
    PEERSCAPE_CHECK(body.size() >= kFixedSize);
    auto all = readParameters(body.subspan(kFixedSize - 1));
    PEERSCAPE_CHECK(all.has_value());
    return std::move(*all);
}

}  // namespace peerscape::bgp
