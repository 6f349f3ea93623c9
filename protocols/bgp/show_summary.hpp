#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "protocols/bgp/show_parts.hpp"

namespace peerscape::bgp {

/// Which neighbours a summary is about.
enum class SummaryRows : std::uint8_t { All, Established, Failed };

/// `show bgp [ipv4|ipv6] [unicast] summary [established|failed]`: without a family both. `saysUnicast`: the
/// command named the family in full, and FRR then leaves the headline away.
struct SummaryQuery {
    std::optional<Family> family;
    bool saysUnicast = false;
    SummaryRows rows = SummaryRows::All;
};
std::string showSummary(const ShowContext& context, const SummaryQuery& query, Format format);

}  // namespace peerscape::bgp
