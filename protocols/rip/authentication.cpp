/// Keyed MD5 of RIPv2 (RFC 2082; RFC 4822 keeps it as one of its algorithms): the digest covers the message
/// up to and with the first four bytes of the trailer, followed by the secret in place of the digest.
#include <algorithm>
#include <memory>
#include <openssl/evp.h>

#include "engine/base/check.hpp"
#include "protocols/rip/wire.hpp"

namespace peerscape::rip {
namespace {

Digest keyedMd5(ByteView covered, std::string_view key) {
    Digest secret{};
    std::copy_n(key.begin(), std::min(key.size(), secret.size()), secret.begin());
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    Digest digest{};
    unsigned int length = 0;
    const bool isDone = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_md5(), nullptr) == 1 &&
                        EVP_DigestUpdate(context.get(), covered.data(), covered.size()) == 1 &&
                        EVP_DigestUpdate(context.get(), secret.data(), secret.size()) == 1 &&
                        EVP_DigestFinal_ex(context.get(), digest.data(), &length) == 1;
    PEERSCAPE_CHECK(isDone && length == digest.size());
    return digest;
}

}  // namespace

RipContent withDigest(RipContent content, std::string_view key) {
    PEERSCAPE_CHECK(content.authentication && content.authentication->type == Authentication::kKeyedDigest);
    ByteWriter writer;
    RipMessage(content).encode(writer);
    const ByteView bytes = writer.bytes();
    content.authentication->digest =
        keyedMd5(bytes.first(bytes.size() - content.authentication->digest.size()), key);
    return content;
}

bool hasValidDigest(ByteView bytes, std::string_view key) {
    const auto content = decode(Family::IPv4, bytes);
    if (!content || !content->authentication ||
        content->authentication->type != Authentication::kKeyedDigest) {
        return false;
    }
    const std::size_t packetLength = ByteReader(bytes.subspan(kHeaderSize + 4)).u16();
    return keyedMd5(bytes.first(packetLength + 4), key) == content->authentication->digest;
}

}  // namespace peerscape::rip
