#include "engine/sim/tcp_signature.hpp"

#include <openssl/evp.h>

#include "engine/base/check.hpp"
#include "engine/routing/packet.hpp"

namespace peerscape {

namespace {

constexpr std::size_t kChecksumAt = 16;

/// RFC 9293 section 3.1 and RFC 8200 section 8.1.
void appendPseudoHeader(ByteWriter& out, const IpAddress& source, const IpAddress& destination,
                        std::size_t segmentBytes) {
    out.append(source.bytes());
    out.append(destination.bytes());
    if (source.isV4()) {
        out.u8(0);
        out.u8(kIpProtocolTcp);
        out.u16(static_cast<std::uint16_t>(segmentBytes));
    } else {
        out.u32(static_cast<std::uint32_t>(segmentBytes));
        out.u32(kIpProtocolTcp);
    }
}

}  // namespace

TcpSignature signatureOf(const TcpSegment& segment, const IpAddress& source, const IpAddress& destination,
                         std::string_view key) {
    // The header says how long it is with the option in it.
    TcpSegment whole = segment;
    whole.signature = TcpSignature{};
    const Bytes bytes = whole.encode(source, destination);
    ByteWriter covered;
    appendPseudoHeader(covered, source, destination, bytes.size());
    const std::size_t header = covered.bytes().size();
    covered.append(ByteView(bytes).first(TcpSegment::kHeaderBytes));
    covered.append(segment.payload);
    covered.append(ByteView(reinterpret_cast<const std::uint8_t*>(key.data()), key.size()));
    covered.patchU16(header + kChecksumAt, 0);
    TcpSignature digest{};
    unsigned int length = 0;
    const bool isDone = EVP_Digest(covered.bytes().data(), covered.bytes().size(), digest.data(), &length,
                                   EVP_md5(), nullptr) == 1;
    PEERSCAPE_CHECK(isDone && length == digest.size());
    return digest;
}

bool isSignedWith(std::string_view key, const TcpSegment& segment, const IpAddress& source,
                  const IpAddress& destination) {
    if (key.empty() || !segment.signature) return key.empty() && !segment.signature;
    return *segment.signature == signatureOf(segment, source, destination, key);
}

}  // namespace peerscape
