#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "engine/base/bytes.hpp"
#include "protocols/bgp/as_path.hpp"

/// AS paths as bytes, in two or four octets for each number, and how the two are joined (RFC 6793).
namespace peerscape::bgp {

enum class NumberSize : std::uint8_t { Two = 2, Four = 4 };

/// Numbers that do not fit become AS_TRANS. Segments of more than 255 numbers are written as several, empty
/// ones not at all.
Bytes encodeAsPath(const AsPath& path, NumberSize size);

/// Fails with a sentence on an unknown type of segment, an empty segment, a cut one (RFC 7606 section 7.2),
/// and on the number 0 (RFC 7607).
std::expected<AsPath, std::string> decodeAsPath(ByteView bytes, NumberSize size);

/// A number in the path needs four octets.
bool hasLargeNumber(const AsPath& path);
/// What AS4_PATH says of the path: all but the confederation's segments (RFC 6793 section 3).
AsPath withoutConfederation(const AsPath& path);
/// The true path, from the one with AS_TRANS in it and the one of AS4_PATH (RFC 6793 section 4.2.3). A longer
/// AS4_PATH does not count.
AsPath merge(const AsPath& path, const AsPath& as4Path);

}  // namespace peerscape::bgp
