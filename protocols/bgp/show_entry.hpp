#pragma once

#include <cstdint>
#include <string>

#include "protocols/bgp/show_parts.hpp"

/// One destination, in detail.
namespace peerscape::bgp {

/// Which of its paths are shown.
enum class ShownPaths : std::uint8_t { All, Best, Multipath };

/// `show bgp … A.B.C.D/M [bestpath|multipath]`.
std::string showEntry(const ShowContext& context, const Prefix& prefix, ShownPaths shown, Format format);
/// `show bgp … A.B.C.D`: the longest prefix of the table that contains the address.
std::string showLongestMatch(const ShowContext& context, const IpAddress& address, ShownPaths shown,
                             Format format);

}  // namespace peerscape::bgp
