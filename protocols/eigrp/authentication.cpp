#include "protocols/eigrp/authentication.hpp"

#include <algorithm>
#include <memory>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <optional>
#include <string>

#include "engine/base/check.hpp"

namespace peerscape::eigrp {
namespace {

constexpr std::size_t kFlagsOffset = 4;
constexpr std::size_t kMd5KeySize = 16;
constexpr std::size_t kMd5LeavesOut = 20;
constexpr std::size_t kMd5CoversOfInit = 40;

/// Where the digest of an encoded packet lies.
struct DigestPlace {
    std::uint16_t type = 0;
    std::size_t offset = 0;
    std::size_t size = 0;
};

std::size_t digestSize(std::uint16_t type) {
    if (type == Authentication::kMd5) return Authentication::kMd5Size;
    return type == Authentication::kSha256 ? Authentication::kSha256Size : 0;
}

std::optional<DigestPlace> findDigest(ByteView bytes) {
    for (std::size_t at = kHeaderSize; at + kTlvHeaderSize <= bytes.size();) {
        ByteReader in(bytes.subspan(at));
        const auto type = static_cast<TlvType>(in.u16());
        const std::size_t length = in.u16();
        if (length < kTlvHeaderSize || length > bytes.size() - at) return std::nullopt;
        if (type != TlvType::Authentication) {
            at += length;
            continue;
        }
        DigestPlace place;
        place.type = in.u16();
        place.size = in.u16();
        place.offset = at + Authentication::kDigestOffset;
        const bool isWhole = length == Authentication::kDigestOffset + place.size;
        if (!isWhole || place.size == 0 || place.size != digestSize(place.type)) return std::nullopt;
        return place;
    }
    return std::nullopt;
}

Bytes md5(ByteView bytes, const DigestPlace& place, std::string_view key) {
    Bytes input;
    const bool isInit = (ByteReader(bytes.subspan(kFlagsOffset)).u32() & PacketFlag::kInit) != 0;
    if (isInit) {
        input.assign(bytes.begin(), bytes.begin() + kMd5CoversOfInit);
    } else {
        input.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(place.offset));
        input.insert(input.end(), key.begin(), key.end());
        input.resize(std::max(input.size(), place.offset + kMd5KeySize));
        const std::size_t behind = place.offset + place.size;
        if (bytes.size() > behind + kMd5LeavesOut) {
            const ByteView rest = bytes.subspan(behind, bytes.size() - behind - kMd5LeavesOut);
            input.insert(input.end(), rest.begin(), rest.end());
        }
    }
    Bytes digest(Authentication::kMd5Size);
    unsigned int length = 0;
    const bool isDone =
        EVP_Digest(input.data(), input.size(), digest.data(), &length, EVP_md5(), nullptr) == 1;
    PEERSCAPE_CHECK(isDone && length == digest.size());
    return digest;
}

Bytes hmacSha256(ByteView bytes, std::string_view key, const IpAddress& source) {
    const std::string secret = "\n" + std::string(key) + toString(source);
    Bytes digest(Authentication::kSha256Size);
    unsigned int length = 0;
    const auto* done = HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes.data(),
                            bytes.size(), digest.data(), &length);
    PEERSCAPE_CHECK(done != nullptr && length == digest.size());
    return digest;
}

/// What the digest of these bytes should be, whatever stands in its place and in the checksum's.
Bytes digestOf(ByteView bytes, const DigestPlace& place, std::string_view key, const IpAddress& source) {
    Bytes blank(bytes.begin(), bytes.end());
    std::fill_n(blank.begin() + 2, 2, std::uint8_t{0});
    std::fill_n(blank.begin() + static_cast<std::ptrdiff_t>(place.offset), place.size, std::uint8_t{0});
    return place.type == Authentication::kMd5 ? md5(blank, place, key) : hmacSha256(blank, key, source);
}

}  // namespace

Authentication blankAuthentication(std::uint16_t type, std::uint32_t keyId) {
    Authentication authentication;
    authentication.type = type;
    authentication.keyId = keyId;
    authentication.digest.resize(digestSize(type));
    return authentication;
}

EigrpPacket withDigest(EigrpPacket packet, std::string_view key, const IpAddress& source) {
    ByteWriter writer;
    EigrpMessage(packet).encode(writer);
    const auto place = findDigest(writer.bytes());
    PEERSCAPE_CHECK(place.has_value());
    for (Tlv& tlv : packet.tlvs.edit()) {
        if (auto* authentication = std::get_if<Authentication>(&tlv)) {
            authentication->digest = digestOf(writer.bytes(), *place, key, source);
            break;
        }
    }
    return packet;
}

bool hasValidDigest(ByteView bytes, std::string_view key, const IpAddress& source) {
    const auto place = findDigest(bytes);
    if (!place) return false;
    const ByteView digest = bytes.subspan(place->offset, place->size);
    return std::ranges::equal(digestOf(bytes, *place, key, source), digest);
}

}  // namespace peerscape::eigrp
