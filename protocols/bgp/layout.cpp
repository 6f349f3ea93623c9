#include "protocols/bgp/layout.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/check.hpp"
#include "protocols/bgp/attribute_codec.hpp"
#include "protocols/bgp/capability_codec.hpp"
#include "protocols/bgp/header.hpp"
#include "protocols/bgp/nlri_codec.hpp"

namespace peerscape::bgp {
namespace {

/// The three fields of an UPDATE, with its attributes one by one.
struct Octets {
    Bytes withdrawn;
    std::vector<RawAttribute> attributes;
    Bytes announced;
};

/// What stands in the bytes of an UPDATE.
Octets fieldsIn(ByteView bytes) {
    ByteReader in(bytes.subspan(kHeaderSize));
    Octets fields;
    fields.withdrawn = copyOf(in.take(in.u16()));
    ByteReader attributes(in.take(in.u16()));
    while (attributes.left() > 0) {
        RawAttribute attribute;
        attribute.flags = attributes.u8();
        attribute.type = attributes.u8();
        const bool isExtended = (attribute.flags & attribute_flag::kExtendedLength) != 0;
        attribute.value = copyOf(attributes.take(isExtended ? attributes.u16() : attributes.u8()));
        fields.attributes.push_back(std::move(attribute));
    }
    fields.announced = copyOf(in.take(in.left()));
    return fields;
}

/// What encode() writes there.
Octets fieldsOf(const UpdateMessage& update, const WireOptions& options) {
    Octets fields;
    const auto octets = [&](const auto& groups) {
        ByteWriter out;
        for (const auto& group : groups) {
            if (!group.isMultiprotocol) encode(group.prefixes, options.sendsPathIds.ipv4, out);
        }
        return out.take();
    };
    fields.withdrawn = octets(update.withdrawn);
    fields.attributes = attributesOf(update, options);
    fields.announced = octets(update.announced);
    return fields;
}

template <typename Raw>
auto numberOf(const Raw& raw) {
    if constexpr (requires { raw.code; }) {
        return raw.code;
    } else {
        return raw.type;
    }
}

/// The own octets for a type or code; each is given once, so that capabilities may stand there repeatedly.
template <typename Raw>
class Own {
  public:
    explicit Own(std::vector<Raw> all) : all_(std::move(all)) {}
    std::optional<Bytes> take(std::uint8_t number) {
        const auto found =
            std::ranges::find_if(all_, [&](const Raw& raw) { return numberOf(raw) == number; });
        if (found == all_.end()) return std::nullopt;
        std::optional<Bytes> value = std::move(found->value);
        all_.erase(found);
        return value;
    }

  private:
    std::vector<Raw> all_;
};

UpdateLayout updateLayout(const Octets& theirs, const Octets& ours) {
    UpdateLayout layout;
    Own<RawAttribute> own(ours.attributes);
    for (const RawAttribute& attribute : theirs.attributes) {
        const bool isSame = own.take(attribute.type) == attribute.value;
        layout.attributes.push_back(
            {attribute.flags, attribute.type, isSame ? std::nullopt : std::optional(attribute.value)});
    }
    if (theirs.withdrawn != ours.withdrawn) layout.withdrawn = theirs.withdrawn;
    if (theirs.announced != ours.announced) layout.announced = theirs.announced;
    return layout;
}

OpenLayout openLayout(const OpenParameters& theirs, const OpenMessage& open) {
    OpenLayout layout;
    layout.isExtended = theirs.isExtended;
    Own<RawCapability> own(capabilitiesOf(open.capabilities));
    for (const auto& parameter : theirs.parameters) {
        auto& capabilities = layout.parameters.emplace_back();
        for (const RawCapability& capability : parameter) {
            const bool isSame = own.take(capability.code) == capability.value;
            capabilities.push_back(
                {capability.code, isSame ? std::nullopt : std::optional(capability.value)});
        }
    }
    return layout;
}

void writeUpdate(const UpdateMessage& update, const WireOptions& options, const UpdateLayout& layout,
                 ByteWriter& out) {
    const Octets ours = fieldsOf(update, options);
    const Bytes& withdrawn = layout.withdrawn ? *layout.withdrawn : ours.withdrawn;
    out.u16(static_cast<std::uint16_t>(withdrawn.size()));
    out.append(withdrawn);
    const std::size_t sizeAt = out.size();
    out.u16(0);
    Own<RawAttribute> own(ours.attributes);
    for (const UpdateLayout::Attribute& attribute : layout.attributes) {
        auto value = own.take(attribute.type);
        if (attribute.value) value = attribute.value;
        PEERSCAPE_CHECK(value.has_value());
        write({attribute.flags, attribute.type, std::move(*value)}, out);
    }
    PEERSCAPE_CHECK(out.size() <= kLargestExtendedMessage);
    out.patchU16(sizeAt, static_cast<std::uint16_t>(out.size() - sizeAt - 2));
    out.append(layout.announced ? *layout.announced : ours.announced);
}

void writeOpen(const OpenMessage& open, const OpenLayout& layout, ByteWriter& out) {
    out.u8(open.version);
    out.u16(open.myAs);
    out.u16(open.holdTime);
    out.u32(open.identifier.number());
    Own<RawCapability> own(capabilitiesOf(open.capabilities));
    CapabilityParameters parameters;
    for (const auto& parameter : layout.parameters) {
        auto& capabilities = parameters.emplace_back();
        for (const OpenLayout::Capability& capability : parameter) {
            auto value = own.take(capability.code);
            if (capability.value) value = capability.value;
            PEERSCAPE_CHECK(value.has_value());
            capabilities.push_back({capability.code, std::move(*value)});
        }
    }
    writeParameters(parameters, layout.isExtended, out);
}

}  // namespace

std::optional<Layout> layoutOf(ByteView bytes, const BgpMessage& message, const WireOptions& options) {
    if (std::ranges::equal(encode(message, options), bytes)) return std::nullopt;
    if (const auto* update = std::get_if<UpdateMessage>(&message))
        return updateLayout(fieldsIn(bytes), fieldsOf(*update, options));
    if (const auto* open = std::get_if<OpenMessage>(&message))
        return openLayout(parametersOf(bytes.subspan(kHeaderSize)), *open);
    return std::nullopt;
}

Bytes encode(const BgpMessage& message, const WireOptions& options, const Layout& layout) {
    ByteWriter out;
    writeHeader(typeOf(message), out);
    if (const auto* update = std::get_if<UpdateLayout>(&layout)) {
        PEERSCAPE_CHECK(std::holds_alternative<UpdateMessage>(message));
        writeUpdate(std::get<UpdateMessage>(message), options, *update, out);
    } else {
        PEERSCAPE_CHECK(std::holds_alternative<OpenMessage>(message));
        writeOpen(std::get<OpenMessage>(message), std::get<OpenLayout>(layout), out);
    }
    return withSize(out);
}

}  // namespace peerscape::bgp
