#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/quantities.hpp"
#include "engine/base/result.hpp"

/// How numbers of autonomous systems are written, and which of them mean something special.
namespace peerscape::bgp {

/// RFC 5396: asplain "65546", asdot "1.10" for numbers above 65535 only, asdot+ "0.65001" for all.
enum class AsNotation : std::uint8_t { Plain, Dot, DotPlus };

/// "plain", "dot", "dot+", as `as-notation` says them.
std::string_view toString(AsNotation notation);

std::string text(Asn number, AsNotation notation);

/// Reads several numbers with blanks between, each in any notation; at least one is expected.
Result<std::vector<std::uint32_t>> readAsNumbers(std::string_view text);

/// Stands in the two octets of old speakers for a number that needs four (RFC 6793 section 9).
inline constexpr std::uint32_t kAsTrans = 23456;

/// For use inside one organisation (RFC 6996): 64512 to 65534 and 4200000000 to 4294967294.
bool isPrivate(Asn number);
/// What no AS may be: 0 (RFC 7607), 65535 and 4294967295 (RFC 7300), and AS_TRANS.
bool isReserved(Asn number);
/// Why no AS may have a reserved number: "is reserved (RFC 7300)"; empty of others.
std::string_view reasonReserved(Asn number);
/// For books and examples (RFC 5398): 64496 to 64511 and 65536 to 65551.
bool isDocumentation(Asn number);
/// Whether the number may stand in a path on the Internet: none of the three above.
bool isPublic(Asn number);

}  // namespace peerscape::bgp
