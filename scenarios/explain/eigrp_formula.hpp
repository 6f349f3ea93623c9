#pragma once

#include <string>
#include <vector>

#include "protocols/eigrp/config.hpp"
#include "protocols/eigrp/metric.hpp"

namespace peerscape {

/// The composite metric of a reachable path: first the formula with those terms that the K-values let count,
/// then the same with numbers (RFC 7868, 5.6.1 and 5.6.2). Wide metrics end with the division for the routing
/// table.
std::vector<std::string> formulaLines(const eigrp::EigrpConfig& config, const eigrp::VectorMetric& metric);

}  // namespace peerscape
