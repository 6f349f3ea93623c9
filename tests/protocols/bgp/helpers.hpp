#pragma once

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/bgp/wire.hpp"
#include "tests/protocols/bytes.hpp"

namespace peerscape::bgp::test {

using peerscape::test::hex;
using peerscape::test::ip;
using peerscape::test::net;

/// A whole message from what stands behind the header.
inline Bytes message(MessageType type, std::string_view body) {
    const Bytes content = hex(body);
    ByteWriter out;
    for (int i = 0; i < 16; ++i)
        out.u8(0xff);
    out.u16(static_cast<std::uint16_t>(kHeaderSize + content.size()));
    out.u8(static_cast<std::uint8_t>(type));
    out.append(content);
    return out.take();
}

/// An UPDATE from its three fields.
inline Bytes update(std::string_view attributes, std::string_view announced,
                    std::string_view withdrawn = "") {
    ByteWriter body;
    for (const std::string_view field : {withdrawn, attributes}) {
        const Bytes bytes = hex(field);
        body.u16(static_cast<std::uint16_t>(bytes.size()));
        body.append(bytes);
    }
    body.append(hex(announced));
    return message(MessageType::Update, toHex(body.bytes()));
}

/// What decoding gives; a failure is one of the test.
inline DecodedMessage decoded(const Bytes& bytes, const WireOptions& options = {}) {
    auto result = decode(bytes, options);
    if (!result) throw std::runtime_error(result.error().sentence);
    return std::move(*result);
}

/// Of these segments, one after the other.
inline AsPath pathOf(std::initializer_list<AsSegment> segments) {
    AsPath path;
    for (const AsSegment& segment : segments)
        path.append(segment);
    return path;
}

inline AsPath path(std::initializer_list<std::uint32_t> numbers) {
    return AsPath::sequence(std::vector<std::uint32_t>(numbers));
}

}  // namespace peerscape::bgp::test
