#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/bytes.hpp"
#include "protocols/bgp/message.hpp"
#include "protocols/bgp/wire.hpp"

/// Attributes and capabilities in words, for the packet view.
namespace peerscape::bgp {

/// "10.0.0.0/8, 10.1.0.0/16 (path 7)"; the path where there are identifiers.
std::string prefixList(const NlriList& prefixes, bool hasPathIds);
/// "well-known, transitive, extended length".
std::string flagsInWords(std::uint8_t flags);
/// What the value says; its octets, where it cannot be read.
std::string attributeInWords(std::uint8_t type, ByteView value, const WireOptions& options);
/// Likewise for a capability.
std::string capabilityInWords(std::uint8_t code, const Bytes& value);

}  // namespace peerscape::bgp
