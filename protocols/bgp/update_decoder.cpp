#include "protocols/bgp/update_decoder.hpp"

#include <utility>

#include "protocols/bgp/attribute_reader.hpp"
#include "protocols/bgp/nlri_codec.hpp"

namespace peerscape::bgp {
namespace {

using Failure = std::unexpected<MessageFailure>;

Failure updateFailure(std::uint8_t subcode, std::string sentence) {
    return Failure(MessageFailure{{ErrorCode::UpdateMessage, subcode, {}}, std::move(sentence)});
}

/// The three fields of an UPDATE.
struct Fields {
    ByteView withdrawn;
    ByteView attributes;
    ByteView announced;
};

std::expected<Fields, MessageFailure> fieldsOf(ByteView body) {
    ByteReader in(body);
    Fields fields;
    fields.withdrawn = in.take(in.u16());
    fields.attributes = in.take(in.u16());
    if (in.ranOut())
        return updateFailure(subcode::kMalformedAttributeList, "the fields are longer than the message");
    fields.announced = in.take(in.left());
    return fields;
}

/// The same message with all that it announces withdrawn: IPv4 outside the attributes, IPv6 in
/// MP_UNREACH_NLRI, since there can be only one of that.
UpdateMessage withdrawing(const UpdateMessage& message) {
    UpdateMessage withdrawal;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        NlriList prefixes;
        const auto gather = [&](const auto& groups) {
            for (const auto& group : groups) {
                if (group.family != family) continue;
                prefixes.insert(prefixes.end(), group.prefixes.begin(), group.prefixes.end());
            }
        };
        gather(message.withdrawn);
        gather(message.announced);
        if (!prefixes.empty())
            withdrawal.withdrawn.push_back({family, family == Family::IPv6, std::move(prefixes)});
    }
    return withdrawal;
}

/// The End-of-RIB marker of IPv4. A message of which nothing is left is none.
bool isMarkerOfIpv4(const Fields& fields) {
    return fields.withdrawn.empty() && fields.attributes.empty() && fields.announced.empty();
}

class UpdateDecoder {
  public:
    UpdateDecoder(const Fields& fields, const WireOptions& options)
        : fields_(fields), options_(options), reader_(options) {}

    std::expected<DecodedMessage, MessageFailure> decode();

  private:
    /// The prefixes of a field outside the attributes; none, when they cannot be read.
    std::optional<NlriList> prefixesIn(ByteView field);
    bool carriesIpv4() const { return options_.families.ipv4; }
    void fill(NlriList withdrawn, NlriList announced);

    const Fields& fields_;
    const WireOptions& options_;
    AttributeReader reader_;
    UpdateMessage message_;
};

std::optional<NlriList> UpdateDecoder::prefixesIn(ByteView field) {
    if (field.empty()) return NlriList{};
    if (!carriesIpv4()) {
        reader_.problems().push_back({0, Reaction::Ignore, "prefixes of IPv4 are not carried"});
        return NlriList{};
    }
    DecodedPrefixes decoded = decodePrefixes(field, Family::IPv4, options_.receivesPathIds.ipv4);
    if (decoded.problem) return std::nullopt;
    return std::move(decoded.prefixes);
}

void UpdateDecoder::fill(NlriList withdrawn, NlriList announced) {
    if (!withdrawn.empty()) message_.withdrawn.push_back({Family::IPv4, false, std::move(withdrawn)});
    if (reader_.unreachable()) message_.withdrawn.push_back(std::move(*reader_.unreachable()));
    if (!announced.empty()) {
        const BgpNextHop nextHop{reader_.nextHop().value_or(IpAddress()), std::nullopt};
        message_.announced.push_back({Family::IPv4, false, nextHop, std::move(announced)});
    }
    if (reader_.reachable()) message_.announced.push_back(std::move(*reader_.reachable()));
    if (reader_.isTreatedAsWithdraw()) {
        message_ = withdrawing(message_);
    } else if (!message_.announced.empty()) {
        message_.attributes = reader_.attributes();
    }
}

std::expected<DecodedMessage, MessageFailure> UpdateDecoder::decode() {
    // What cannot be treated as withdrawn ends the session (RFC 7606 sections 3 i, 3 j and 5.3).
    auto withdrawn = prefixesIn(fields_.withdrawn);
    if (!withdrawn)
        return updateFailure(subcode::kInvalidNetworkField, "the withdrawn routes cannot be read");
    reader_.read(fields_.attributes);
    auto announced = prefixesIn(fields_.announced);
    if (!reader_.failure() && !announced)
        return updateFailure(subcode::kInvalidNetworkField, "the announced routes cannot be read");
    if (!reader_.failure()) reader_.finish(!announced->empty());
    if (reader_.failure()) return Failure(*reader_.failure());
    // RFC 7606 section 5.2: attributes that announce nothing are no place to guess what was meant.
    const bool hasReachable = !fields_.announced.empty() || reader_.hasReachable();
    if (reader_.isTreatedAsWithdraw() && reader_.hasOthers() && !hasReachable)
        return Failure(*reader_.firstWithdraw());
    for (const Prefix& prefix : takeForeign(*announced))
        reader_.problems().push_back({0, Reaction::Ignore, "no route can go to " + toString(prefix)});
    fill(std::move(*withdrawn), std::move(*announced));
    DecodedMessage decoded{MessageType::Update, std::nullopt, std::move(reader_.problems())};
    const bool saysSomething = !message_.withdrawn.empty() || !message_.announced.empty();
    if (saysSomething || isMarkerOfIpv4(fields_)) decoded.message = std::move(message_);
    return decoded;
}

}  // namespace

std::expected<DecodedMessage, MessageFailure> decodeUpdate(ByteView body, const WireOptions& options) {
    const auto fields = fieldsOf(body);
    if (!fields) return Failure(fields.error());
    return UpdateDecoder(*fields, options).decode();
}

}  // namespace peerscape::bgp
