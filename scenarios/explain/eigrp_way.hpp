#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "protocols/eigrp/metric.hpp"
#include "protocols/eigrp/process.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// What one link, or something else, adds to the metric of a way.
struct WayTerm {
    std::string name;  ///< "A:eth0", "offset-list in on A:eth0", "redistributed by D"
    eigrp::VectorMetric metric;
};

/// A way as the tables of the routers along it have it now, the nearest link first.
struct EigrpWay {
    std::vector<WayTerm> terms;
    std::string doubt;  ///< why it could not be followed to its end; empty: it could
};

/// Follows the path from router to router, through the successors of each.
EigrpWay followWay(const Evidence& evidence, NodeId node, const Prefix& network,
                   const eigrp::dual::Path& path);

/// "100", "0.5": whole numbers without a fraction.
std::string microseconds(eigrp::Delay delay);

}  // namespace peerscape
