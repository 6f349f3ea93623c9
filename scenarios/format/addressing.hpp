#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "engine/base/ip_address.hpp"
#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_file.hpp"

/// Fills in what the short forms of a lab leave open: interfaces and addresses.
namespace peerscape {

/// Where addresses come from. Whatever the lab uses already, in the file or in a configuration, is left out.
namespace address_pools {

inline constexpr IpAddress kLinks4 = IpAddress::v4(0xac140000);  ///< 172.20.0.0/14, a /30 for each link
inline constexpr std::uint8_t kLinks4Length = 14;
inline constexpr IpAddress kMoreLinks4 =
    IpAddress::v4(0x64400000);  ///< 100.64.0.0/10, once those are used up
inline constexpr std::uint8_t kMoreLinks4Length = 10;
inline constexpr IpAddress kLans4 = IpAddress::v4(0xac180000);  ///< 172.24.0.0/14, a /24 for each LAN
inline constexpr std::uint8_t kLans4Length = 14;
inline constexpr IpAddress kLoopbacks4 = IpAddress::v4(0xac1c0000);  ///< 172.28.0.0/16, a /32 for each router
inline constexpr std::uint8_t kLoopbacks4Length = 16;
inline constexpr IpAddress kSegments6 =
    IpAddress::v6(0x20010db8f0000000, 0);  ///< 2001:db8:f000::/48, a /64 each
inline constexpr std::uint8_t kSegments6Length = 48;
inline constexpr IpAddress kLoopbacks6 =
    IpAddress::v6(0x20010db8f0010000, 0);  ///< 2001:db8:f001::/64, a /128 each
inline constexpr std::uint8_t kLoopbacks6Length = 64;

}  // namespace address_pools

/// Whether a lab needs addresses of the family where it leaves them open: IPv6 once an IPv6 address, prefix
/// or RIPng is asked for; IPv4 unless everything that is asked for is IPv6.
bool needsFamily(const LabFile& lab, Family family);

/// Turns `networks` into LANs with one end (`stub0` …) and gives every host with a gateway its link.
void addStubsAndHostLinks(LabFile& lab);

/// Gives every end without an interface the next free ethN of its node, and returns those ends as
/// "router:interface".
std::set<std::string> nameInterfaces(LabFile& lab);

/// Gives addresses to the ends that need them (see docs/lab-file.md, "Addresses"), and a loopback to every
/// router that speaks iBGP and has none. `allocated` is what nameInterfaces() returned. An exhausted pool is
/// an error.
void giveAddresses(LabFile& lab, const std::set<std::string>& allocated, DiagnosticList& problems);

/// The address by which a node is known: its first loopback, else its first address in a network without
/// other routers, else its first address.
std::optional<IpAddress> mainAddress(const LabFile& lab, std::string_view node);

}  // namespace peerscape
