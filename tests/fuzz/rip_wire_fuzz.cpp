/// Whatever arrives on UDP port 520 or 521: decoding must not stumble, and what it accepts must survive a
/// round trip.
#include <cstddef>
#include <cstdint>

#include "engine/base/check.hpp"
#include "protocols/rip/describe.hpp"
#include "protocols/rip/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peerscape;
    if (size == 0) return 0;
    const Family family = (data[0] & 1) == 0 ? Family::IPv4 : Family::IPv6;
    const ByteView bytes(data + 1, size - 1);
    (void)rip::fields(family, bytes);
    (void)rip::hasValidDigest(bytes, "secret");
    auto content = rip::decode(family, bytes);
    if (!content) return 0;
    content->badEntries.clear();
    // A RIPng request for the default route alone reads as one for the whole table once a needless next hop
    // is gone.
    if (content->command == rip::Command::Request && content->entries.size() == 1) return 0;
    const rip::RipMessage message(*content);
    ByteWriter writer;
    message.encode(writer);
    PEERSCAPE_CHECK(writer.size() == message.encodedSize());
    const auto again = rip::decode(family, writer.bytes());
    PEERSCAPE_CHECK(again.has_value() && *again == *content);
    return 0;
}
