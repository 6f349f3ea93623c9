/// Whatever arrives on port 179: framing and decoding must not stumble, and what is accepted must survive a
/// round trip, and be written again as the same bytes. Header and lengths are made right, since hardly any
/// input would get past them; the first bytes choose what the session agreed on.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "engine/base/check.hpp"
#include "protocols/bgp/describe.hpp"
#include "protocols/bgp/layout.hpp"
#include "protocols/bgp/message_stream.hpp"
#include "protocols/bgp/wire.hpp"

namespace {

using namespace peerscape;

bgp::WireOptions optionsFrom(std::uint8_t first, std::uint8_t second) {
    const auto bit = [](std::uint8_t byte, int index) { return (byte >> index & 1) != 0; };
    bgp::WireOptions options;
    options.peer = static_cast<bgp::PeerKind>(first % 3);
    options.hasFourOctetAs = bit(first, 2);
    options.hasExtendedMessage = bit(first, 3);
    options.hasExtendedNextHop = bit(first, 4);
    options.hasEnhancedRouteRefresh = bit(first, 5);
    options.isAigpSession = bit(first, 6);
    options.families = {!bit(second, 0), !bit(second, 1)};
    options.receivesPathIds = options.sendsPathIds = {bit(second, 2), bit(second, 3)};
    return options;
}

/// The same with a header that is right.
Bytes withHeader(const std::uint8_t* data, std::size_t size) {
    ByteWriter out;
    for (int i = 0; i < 16; ++i)
        out.u8(0xff);
    out.u16(static_cast<std::uint16_t>(bgp::kHeaderSize + size - 1));
    out.append({data, size});
    return out.take();
}

void checkStream(ByteView bytes, const bgp::WireOptions& options) {
    bgp::MessageStream stream;
    for (std::size_t at = 0; at < bytes.size(); at += 7) {
        stream.append(bytes.subspan(at, std::min<std::size_t>(7, bytes.size() - at)));
        for (auto next = stream.next(options); next && *next; next = stream.next(options))
            (void)bgp::decode(**next, options);
    }
}

void checkSplit(const bgp::UpdateMessage& update, const bgp::WireOptions& options) {
    for (const bgp::UpdateMessage& part : bgp::splitToFit(update, options).messages)
        PEERSCAPE_CHECK(bgp::encode(part, options).size() <= options.largestMessage());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3 || size > 60000) return 0;
    const bgp::WireOptions options = optionsFrom(data[0], data[1]);
    checkStream({data + 2, size - 2}, options);
    const Bytes bytes = withHeader(data + 2, size - 2);
    checkStream(bytes, options);
    (void)bgp::fields(bytes, options);
    const auto decoded = bgp::decode(bytes, options);
    if (!decoded || !decoded->message) return 0;
    (void)bgp::summary(*decoded->message);
    if (decoded->problems.empty() && decoded->type != bgp::MessageType::RouteRefresh) {
        const auto layout = bgp::layoutOf(bytes, *decoded->message, options);
        if (layout) PEERSCAPE_CHECK(bgp::encode(*decoded->message, options, *layout) == bytes);
        if (!layout) PEERSCAPE_CHECK(bgp::encode(*decoded->message, options) == bytes);
    }
    if (const auto* update = std::get_if<bgp::UpdateMessage>(&*decoded->message)) {
        checkSplit(*update, options);
    }
    bgp::WireOptions roomy = options;
    roomy.hasExtendedMessage = true;
    const std::size_t again = bgp::encodedSize(*decoded->message, roomy);
    const Bytes rewritten = bgp::encode(*decoded->message, roomy);
    PEERSCAPE_CHECK(rewritten.size() == again);
    const auto second = bgp::decode(rewritten, roomy);
    PEERSCAPE_CHECK(second && second->message == decoded->message && second->problems.empty());
    return 0;
}
