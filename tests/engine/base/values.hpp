#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"

// Values as tests write them.
namespace peerscape {

inline IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }
inline Prefix net(std::string_view text) { return Prefix::parse(text).value(); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }
/// Nanoseconds after the start.
constexpr SimTime at(std::int64_t n) { return SimTime::atNanoseconds(n); }

}  // namespace peerscape
